public import Documents
public import Posture
internal import Rules

/// `findings.json`: every finding, open or waived, what is unknown, and which rules are switched off, for machines.
public enum FindingsJSON {
    static func document(_ posture: Posture) -> ReportJSON {
        let findings = posture.failures
        let checks = posture.unknownChecks
        var members: [String: ReportJSON] = [
            "version": .value(1), "tenant": .value(.string(posture.tenant)),
            "account": .value(.string(posture.account)),
            "findings": .list(count: findings.count) { render(findings[$0]) },
            "unknown": .value(.array(posture.unknowns.map(render))),
            "unknown_checks": .list(count: checks.count) { render(checks[$0]) },
            "undecided": .value(.array(posture.undecided.map(render))),
            "disabled": .value(.array(posture.disabled.map(render))),
        ]
        members["framework"] = posture.onlyFramework.map { .value(.string($0)) }
        return .object(members)
    }

    /// One finding, as every format of lines has it.
    public static func render(_ finding: Finding) -> JSON {
        .object(
            JSONObject(having: [
                ("category", finding.category.map(JSON.string)), ("console", finding.console.map(JSON.string)),
                ("controls", .array(finding.controls.map(JSON.string))),
                ("evidence", EvidenceJSON.render(finding.evidence)),
                ("evidence_digest", .string(finding.evidenceDigest)),
                ("first_seen", .string(finding.firstSeen.description)), ("id", .string(finding.id)),
                ("message", .string(finding.message)), ("owner", finding.owner.map(JSON.string)),
                ("references", .array(finding.references.map(JSON.string))),
                ("remediation", render(finding.remediation)), ("resource", render(finding.resource)),
                ("rule", .string(finding.rule)), ("severity", .string(finding.severity.rawValue)),
                ("status", finding.waiver == nil ? "open" : "waived"), ("title", .string(finding.title)),
                ("waiver", finding.waiver.map(render)),
            ]))
    }

    static func render(_ remediation: Finding.Remediation) -> JSON {
        .object(
            JSONObject(having: [
                ("cli", remediation.cli.map(JSON.string)), ("terraform", remediation.terraform.map(JSON.string)),
                ("text", remediation.text.map(JSON.string)),
            ]))
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

    /// A check that could not be made.
    public static func render(_ check: UnknownCheck) -> JSON {
        .object(
            JSONObject(having: [
                ("causes", .array(check.causes.map(JSON.string))), ("console", check.console.map(JSON.string)),
                ("id", .string(check.id)), ("owner", check.owner.map(JSON.string)),
                ("resource", render(check.resource)), ("rule", .string(check.rule)),
            ]))
    }

    static func render(_ resource: ResourceReference) -> JSON {
        [
            "arn": .string(resource.arn), "id": .string(resource.id), "region": .string(resource.region),
            "type": .string(resource.type),
        ]
    }
}
