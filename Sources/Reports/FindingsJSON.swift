public import Documents
public import Posture
internal import Rules

/// `findings.json`: every finding, open or waived, what is unknown, and which rules are switched off, for machines.
public enum FindingsJSON {
    public static func render(_ posture: Posture) -> JSON {
        var object: JSONObject = [
            "version": 1, "tenant": .string(posture.tenant), "account": .string(posture.account),
            "findings": .array((posture.findings + posture.waived).sorted(by: Posture.comesFirst).map(render)),
            "unknown": .array(posture.unknowns.map(render)), "undecided": .array(posture.undecided.map(render)),
            "disabled": .array(posture.disabled.map(render)),
        ]
        object["framework"] = posture.onlyFramework.map(JSON.string)
        return .object(object)
    }

    /// One finding, as every format of lines has it.
    static func render(_ finding: Finding) -> JSON {
        var object: JSONObject = [
            "id": .string(finding.id), "rule": .string(finding.rule), "title": .string(finding.title),
            "severity": .string(finding.severity.rawValue), "resource": render(finding.resource),
            "message": .string(finding.message), "status": finding.waiver == nil ? "open" : "waived",
            "first_seen": .string(finding.firstSeen.description),
            "evidence": EvidenceJSON.render(finding.evidence), "evidence_digest": .string(finding.evidenceDigest),
            "references": .array(finding.references.map(JSON.string)),
            "controls": .array(finding.controls.map(JSON.string)),
        ]
        object["owner"] = finding.owner.map(JSON.string)
        object["console"] = finding.console.map(JSON.string)
        object["category"] = finding.category.map(JSON.string)
        object["remediation"] = render(finding.remediation)
        object["waiver"] = finding.waiver.map(render)
        return .object(object)
    }

    static func render(_ remediation: Finding.Remediation) -> JSON {
        var object = JSONObject()
        object["text"] = remediation.text.map(JSON.string)
        object["cli"] = remediation.cli.map(JSON.string)
        object["terraform"] = remediation.terraform.map(JSON.string)
        return .object(object)
    }

    static func render(_ waiver: Finding.AppliedWaiver) -> JSON {
        var object: JSONObject = [
            "waiver": .string(waiver.name), "reason": .string(waiver.reason),
            "approved_by": .string(waiver.approvedBy), "expires": .string(waiver.expires.date),
        ]
        object["ticket"] = waiver.ticket.map(JSON.string)
        return .object(object)
    }

    private static func render(_ finding: EarlierFinding) -> JSON {
        [
            "id": .string(finding.id), "rule": .string(finding.rule), "resource": render(finding.resource),
            "first_seen": .string(finding.firstSeen.description),
        ]
    }

    private static func render(_ rule: DisabledRule) -> JSON {
        [
            "rule": .string(rule.rule), "reason": .string(rule.reason), "expires": .string(rule.expires.date),
            "path": .string(rule.path),
        ]
    }

    private static func render(_ group: UnknownGroup) -> JSON {
        [
            "cause": .string(group.cause), "kind": .string(group.kind.rawValue),
            "rules": .array(group.rules.map(JSON.string)), "resources": .array(group.resources.map(render)),
        ]
    }

    static func render(_ resource: ResourceReference) -> JSON {
        [
            "type": .string(resource.type), "id": .string(resource.id), "arn": .string(resource.arn),
            "region": .string(resource.region),
        ]
    }
}
