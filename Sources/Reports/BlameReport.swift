public import Documents
public import Posture
public import Resources
internal import Rules

/// What `parapet blame` prints of one resource.
public struct BlameReport: Sendable {
    private let blame: ResourceBlame
    private let tenant: String
    /// Open and waived ones.
    private let findings: [Finding]

    /// - Parameter posture: of the scan that the blame begins with.
    public init(_ blame: ResourceBlame, of posture: Posture) {
        self.blame = blame
        tenant = posture.tenant
        let resource = blame.resource
        findings = (posture.findings + posture.waived).filter {
            $0.resource.type == resource.type && $0.resource.region == resource.region
                && $0.resource.id.hasSameBytes(as: resource.id)
        }
    }

    /// The version that brought a value on which a finding rests; nil where it is of another resource.
    private func version(_ evidence: Evidence) -> ResourceBlame.Version? {
        guard evidence.type == blame.resource.type, evidence.id.hasSameBytes(as: blame.resource.id) else { return nil }
        return blame.version(of: "/config\(evidence.pointer)")
    }

    private func isFirst(_ version: ResourceBlame.Version) -> Bool {
        blame.reachesStart && version.commit == blame.versions.last?.commit
    }

    // MARK: JSON

    public var json: JSON {
        let resource = blame.resource
        return [
            "tenant": .string(tenant), "type": .string(resource.type), "id": .string(resource.id),
            "arn": .string(resource.arn), "region": .string(resource.region),
            "values": .array(
                blame.values.map { value in
                    var object = since(blame.versions[value.version])
                    object["pointer"] = .string(value.pointer)
                    if let code = value.code { object["uncollected"] = .string(code) }
                    object["value"] = value.value
                    return .object(object)
                }),
            "findings": .array(
                findings.map { finding in
                    [
                        "id": .string(finding.id), "rule": .string(finding.rule),
                        "severity": .string(finding.severity.rawValue),
                        "status": .string(finding.waiver == nil ? "open" : "waived"),
                        "first_seen": .string(finding.firstSeen.description),
                        "evidence": .array(
                            finding.evidence.map { evidence in
                                var object = evidence.json.object ?? [:]
                                if let version = version(evidence) { object["since"] = .object(since(version)) }
                                return .object(object)
                            }),
                    ]
                }),
        ]
    }

    private func since(_ version: ResourceBlame.Version) -> JSONObject {
        [
            "time": .string(version.moment.description), "commit": .string(version.commit),
            "first_scan": .bool(isFirst(version)),
        ]
    }

    // MARK: Text

    /// One line a value: the commit on the snapshots branch that brought it (`^`: the first scan had it), when, and what.
    public func text(_ style: TextStyle) -> String {
        let resource = blame.resource
        var lines = [
            style.paint("\(resource.type) \(resource.id)".inert, .strong)
                + " in \(resource.region.inert), \(tenant.inert)"
        ]
        let width = blame.values.map(\.pointer.count).max() ?? 0
        for value in blame.values {
            let shown = value.value?.text().inert ?? "not collected: \((value.code ?? "").inert)"
            lines.append(
                "\(mark(blame.versions[value.version]))  "
                    + value.pointer.inert.padded(to: min(width, Self.widestPointer)) + "  " + shown)
        }
        for finding in findings {
            let state = finding.waiver == nil ? "" : ", waived"
            lines += [
                "",
                style.paint(finding.severity.rawValue, .strong)
                    + " \(finding.rule), first seen \(finding.firstSeen.date)\(state): "
                    + (finding.message.isEmpty ? finding.title : finding.message).inert,
            ]
            for evidence in finding.evidence {
                let value = evidence.value.isNull ? "absent" : evidence.value.text().inert
                if let version = version(evidence) {
                    lines.append("\(mark(version))  /config\(evidence.pointer.inert) = \(value)")
                } else {
                    lines.append("    \(evidence.type.inert) \(evidence.id.inert) \(evidence.pointer.inert) = \(value)")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let widestPointer = 60

    private func mark(_ version: ResourceBlame.Version) -> String {
        (isFirst(version) ? "^" : " ") + "\(version.commit.prefix(10)) \(version.moment.description.prefix(16))"
    }
}
