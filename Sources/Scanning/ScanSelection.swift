public import Documents
public import Resources
internal import Rules
public import Workspace

/// The part of a scan that is wanted: some rules, and what they need.
public struct ScanSelection: Sendable {
    /// Something was named that is not there.
    public struct Fault: Error, Equatable {
        public var message: String
        public var help: String?
    }

    /// Ids of the rules that judge.
    public private(set) var rules: Set<String>
    /// The only resource that is judged.
    public private(set) var arn: String?
    /// The types that can have the ARN.
    public private(set) var arnTypes: Set<String> = []

    /// - Parameters:
    ///   - rules: ids; none for all.
    ///   - services: scanners, or services of types: `s3`; none for all.
    public init(
        rules ids: [String], services: [String], arn: String?, _ workspace: Workspace, _ catalog: ResourceCatalog
    ) throws(Fault) {
        let all = workspace.rules
        for id in ids where !all.contains(where: { $0.rule.id == id }) {
            throw Fault(
                message: "there is no rule `\(id)`", help: suggestion(for: id, among: all.map(\.rule.id)))
        }
        let known = Self.services(catalog)
        for service in services where !known.contains(service) {
            throw Fault(
                message: "there is no service or scanner `\(service)`",
                help: suggestion(for: service, among: known.sorted()))
        }
        var selected = all.filter { ids.isEmpty || ids.contains($0.rule.id) }
        if !services.isEmpty {
            let wanted = Set(services)
            selected = selected.filter { Self.isOf(wanted, $0, workspace, catalog) }
        }
        if let arn {
            let types = Self.types(of: arn, catalog)
            arnTypes = types
            guard !types.isEmpty else {
                throw Fault(
                    message: "no resource type has ARNs like `\(arn)`",
                    help: "ARNs stand in findings.json and in the snapshot; parapet resources list names the types")
            }
            selected = selected.filter { !types.isDisjoint(with: $0.rule.resources) }
        }
        guard !selected.isEmpty else { throw Fault(message: "no rule judges what was asked for") }
        rules = Set(selected.map(\.rule.id))
        self.arn = arn
    }

    /// Those of the tenants to which the selection applies.
    public func tenants(among tenants: [Tenant], _ workspace: Workspace, at moment: Timestamp) throws(Fault) -> [Tenant]
    {
        var fitting = tenants
        if let arn, let account = Self.account(of: arn) {
            fitting = fitting.filter { $0.account == account }
            guard !fitting.isEmpty else {
                throw Fault(message: "none of the tenants is the account \(account) of `\(arn)`")
            }
        }
        fitting = fitting.filter { tenant in
            workspace.policy(for: tenant, at: moment).rules.contains { rules.contains($0.rule.id) }
        }
        guard !fitting.isEmpty else {
            throw Fault(
                message: rules.count == 1
                    ? "the rule `\(rules.first ?? "")` runs for none of the tenants"
                    : "none of the \(rules.count) rules runs for any of the tenants",
                help: "its scanner is not enabled, or the tenant disables the rule, or it is not stable")
        }
        return fitting
    }

    private static func account(of arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && !parts[4].isEmpty ? String(parts[4]) : nil
    }

    private static func services(_ catalog: ResourceCatalog) -> Set<String> {
        catalog.manifests.values.reduce(into: []) { services, manifest in
            services.formUnion(manifest.scanners)
            if let service = manifest.service { services.insert(service) }
        }
    }

    /// Whether a rule is of one of the services: of its scanner, or judging its types. Rules on the account and its
    /// regions are of the services whose resources they look at.
    private static func isOf(
        _ services: Set<String>, _ loaded: LoadedRule, _ workspace: Workspace, _ catalog: ResourceCatalog
    ) -> Bool {
        if case .builtin(let scanner) = loaded.origin, services.contains(scanner) { return true }
        func isOf(_ type: String) -> Bool {
            guard let manifest = catalog.manifests[type] else { return false }
            return [manifest.scanner, manifest.service].contains { $0.map(services.contains) ?? false }
        }
        if loaded.rule.resources.contains(where: isOf) { return true }
        let isOnGround = loaded.rule.resources.allSatisfy { catalog.manifests[$0]?.service == nil }
        guard isOnGround else { return false }
        let read = RuleDependencies([loaded.rule], fragments: workspace.fragments, catalog: catalog).members
        return read.contains { type, members in
            isOf(type)
                || catalog.manifests[type]?.attributes.contains { attribute in
                    members.contains(attribute.name)
                        && [attribute.scanner, attribute.call.service].contains { $0.map(services.contains) ?? false }
                } ?? false
        }
    }

    /// The types whose ARNs can look like that. A type whose ARN is a member of the item must be of the ARN's service.
    private static func types(of arn: String, _ catalog: ResourceCatalog) -> Set<String> {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[5].isEmpty else { return [] }
        let service = String(parts[2])
        let fitting = catalog.manifests.values.filter { $0.arn.canBe(arn) }
        let sure = fitting.filter { manifest in
            manifest.arn.parts.count > 1 || manifest.service?.hasPrefix(service) == true
                || manifest.calls.contains { $0.service == service }
        }
        return Set((sure.isEmpty ? fitting : sure).map(\.type))
    }
}

extension Manifest {
    /// `s3` of `AWS::S3::Bucket`; nil for the account and its regions.
    fileprivate var service: String? {
        let parts = type.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 2 && !parts[2].isEmpty ? parts[2].lowercased() : nil
    }
}

extension Template {
    /// Whether the template gives the text with some values in its places. Those before the resource in an ARN hold no
    /// colon.
    fileprivate func canBe(_ text: String) -> Bool {
        func fits(_ parts: ArraySlice<Part>, _ rest: ArraySlice<UInt8>) -> Bool {
            guard let part = parts.first else { return rest.isEmpty }
            switch part {
            case .text(let literal):
                return rest.starts(with: literal.utf8)
                    && fits(parts.dropFirst(), rest.dropFirst(literal.utf8.count))
            case .place(let name):
                let isPlain = ["partition", "account", "region"].contains(name)
                for count in stride(from: 1, through: rest.count, by: 1) {
                    if isPlain, rest[rest.startIndex + count - 1] == UInt8(ascii: ":") { return false }
                    if parts.count == 1 { return !isPlain || !rest.contains(UInt8(ascii: ":")) }
                    if fits(parts.dropFirst(), rest.dropFirst(count)) { return true }
                }
                return false
            }
        }
        let bytes = Array(text.utf8)
        return bytes.count <= 2_048 && fits(parts[...], bytes[...])
    }
}
