public import Documents

/// The partitions and regions of AWS, and the endpoints of services there.
public struct Endpoints: Sendable {
    public let partitions: [Partition]
    private let services: [String: [String: Entry]]

    /// An endpoint with placeholders, or the reason why there is none.
    private struct Template: Sendable {
        let host: String
        let signingRegion: String
        let signingName: String
    }

    private struct Entry: Sendable {
        let template: Template?
        let exceptions: [String: Template]
    }

    /// Reads the file that `scripts/update-models` writes.
    public init(json: JSON) throws(ModelError) {
        guard let partitions = json["partitions"]?.object, let services = json["services"]?.object else {
            throw ModelError(.malformed, "the endpoints have no partitions or no services")
        }
        self.partitions = partitions.map(Self.partition)
        var table: [String: [String: Entry]] = [:]
        for (service, entries) in services {
            for (key, entry) in entries.object ?? [:] { table[service, default: [:]][key] = Self.entry(entry) }
        }
        self.services = table
    }

    /// The names of all regions, sorted.
    public var knownRegions: [String] { partitions.flatMap(\.regions).sorted() }

    public func partition(_ id: String) -> Partition? { partitions.first { $0.id == id } }

    /// The partition that has the region, or whose regions have such names.
    public func partition(ofRegion region: String) -> Partition? {
        partitions.first { $0.regions.contains(region) } ?? partitions.first { $0.has(region: region) }
    }

    /// The endpoint of `service` in a region. A few operations have one of their own.
    public func endpoint(
        service: String, operation: String? = nil, region: String, fips: Bool = false, dualStack: Bool = false
    ) throws(ModelError) -> Endpoint {
        guard let partition = partition(ofRegion: region) else {
            throw ModelError(.unknownRegion, "no partition of AWS has the region `\(region)`")
        }
        guard let entries = operation.flatMap({ services["\(service):\($0)"] }) ?? services[service] else {
            throw ModelError(.unknownService, "there are no endpoints for `\(service)`")
        }
        let variant = (fips ? "+fips" : "") + (dualStack ? "+dual" : "")
        let entry = entries[partition.id + variant]
        guard let template = entry?.exceptions[region] ?? entry?.template ?? entries["*" + variant]?.template else {
            throw ModelError(.noEndpoint, "`\(service)` has no endpoint\(Self.words(variant)) in \(region)")
        }
        guard template.host != "ERR", !fips || partition.supportsFIPS, !dualStack || partition.supportsDualStack else {
            throw ModelError(.noEndpoint, "`\(service)` has no endpoint\(Self.words(variant)) in \(region)")
        }
        let host = Self.fill(
            template.host,
            ["region": region, "dns": partition.dnsSuffix, "dual": partition.dualStackDNSSuffix])
        return Endpoint(
            host: host, signingRegion: template.signingRegion.isEmpty ? region : template.signingRegion,
            signingName: template.signingName.isEmpty ? nil : template.signingName)
    }

    private static func words(_ variant: String) -> String {
        variant.isEmpty ? "" : " with \(variant.dropFirst().split(separator: "+").joined(separator: " and "))"
    }

    private static func fill(_ template: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            result += values[String(name)] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func partition(_ member: JSONObject.Member) -> Partition {
        let json = member.value
        return Partition(
            id: member.key,
            regionPattern: json["re"]?.string ?? "",
            dnsSuffix: json["dns"]?.string ?? "",
            dualStackDNSSuffix: json["dual"]?.string ?? "",
            supportsFIPS: json["fips"]?.bool ?? false,
            supportsDualStack: json["ds"]?.bool ?? false,
            implicitGlobalRegion: json["implicitGlobal"]?.string ?? "",
            regions: json["regions"]?.array?.compactMap(\.string) ?? [])
    }

    private static func entry(_ json: JSON) -> Entry {
        if json.array != nil { return Entry(template: template(json), exceptions: [:]) }
        var exceptions: [String: Template] = [:]
        for (region, value) in json["x"]?.object ?? [:] { exceptions[region] = template(value) }
        return Entry(template: json["t"].flatMap(template), exceptions: exceptions)
    }

    private static func template(_ json: JSON) -> Template? {
        guard let host = json[0]?.string else { return nil }
        return Template(host: host, signingRegion: json[1]?.string ?? "", signingName: json[2]?.string ?? "")
    }
}
