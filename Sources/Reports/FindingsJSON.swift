public import Documents
public import Posture
internal import Rules

/// `findings.json`: every open finding, and what is unknown, for machines.
public enum FindingsJSON {
    public static func render(_ posture: Posture) -> JSON {
        [
            "version": 1, "tenant": .string(posture.tenant), "account": .string(posture.account),
            "findings": .array(posture.findings.map(render)),
            "unknown": .array(posture.unknowns.map(render)),
        ]
    }

    private static func render(_ finding: Finding) -> JSON {
        var object: JSONObject = [
            "id": .string(finding.id), "rule": .string(finding.rule), "title": .string(finding.title),
            "severity": .string(finding.severity.rawValue), "resource": render(finding.resource),
            "message": .string(finding.message), "status": "open", "first_seen": .string(finding.firstSeen.description),
            "evidence": EvidenceJSON.render(finding.evidence),
            "references": .array(finding.references.map(JSON.string)),
            "controls": .array(finding.controls.map(JSON.string)),
        ]
        object["category"] = finding.category.map(JSON.string)
        var remediation = JSONObject()
        remediation["text"] = finding.remediation.text.map(JSON.string)
        remediation["cli"] = finding.remediation.cli.map(JSON.string)
        remediation["terraform"] = finding.remediation.terraform.map(JSON.string)
        object["remediation"] = .object(remediation)
        return .object(object)
    }

    private static func render(_ group: UnknownGroup) -> JSON {
        [
            "cause": .string(group.cause), "kind": .string(group.kind.rawValue),
            "rules": .array(group.rules.map(JSON.string)), "resources": .array(group.resources.map(render)),
        ]
    }

    private static func render(_ resource: ResourceReference) -> JSON {
        [
            "type": .string(resource.type), "id": .string(resource.id), "arn": .string(resource.arn),
            "region": .string(resource.region),
        ]
    }

    /// When findings were first seen, by id, read back from a `findings.json`. Nil where the text is not one.
    public static func firstSeen(in bytes: [UInt8]) -> [String: Timestamp]? {
        guard let document = try? JSON.parse(bytes), let findings = document["findings"]?.array else { return nil }
        return Dictionary(
            findings.compactMap { finding in
                guard let id = finding["id"]?.string,
                    let moment = finding["first_seen"]?.string.flatMap({ Timestamp($0) })
                else { return nil }
                return (id, moment)
            }, uniquingKeysWith: { first, _ in first })
    }
}
