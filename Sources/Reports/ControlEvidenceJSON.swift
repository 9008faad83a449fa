public import Documents
public import Posture
public import Rules

/// What the state of each control rests on, for auditors: which resources were looked at, when, by which rule in which
/// revision, and what it said.
public enum ControlEvidenceJSON {
    /// - Parameters:
    ///   - verdicts: all of the scan.
    ///   - revisions: names the text of each rule: the id of its blob in git.
    public static func render(
        _ compliance: Compliance, of posture: Posture, verdicts: [Verdict], revisions: [String: String]
    ) -> JSON {
        let byRule = Dictionary(grouping: verdicts, by: \.rule)
        let waived = Set(posture.waived.map(\.id))
        return [
            "version": 1, "tenant": .string(posture.tenant), "account": .string(posture.account),
            "framework": .string(compliance.framework.id), "framework_version": .string(compliance.framework.version),
            "collected_at": .string(posture.collectedAt.description),
            "controls": .array(
                compliance.controls.map { result in
                    [
                        "control": .string(result.control.id), "title": .string(result.control.title),
                        "status": .string(result.status.rawValue),
                        "rules": .array(
                            result.rules.map { rule in
                                self.rule(
                                    rule, byRule[rule.rule] ?? [], revisions[rule.rule], tenant: posture.tenant, waived)
                            }),
                    ]
                }),
        ]
    }

    private static func rule(
        _ result: Compliance.RuleResult, _ verdicts: [Verdict], _ revision: String?, tenant: String,
        _ waived: Set<String>
    ) -> JSON {
        [
            "rule": .string(result.rule), "revision": revision.map(JSON.string) ?? .null,
            "evaluated": .bool(result.isEvaluated),
            "resources": .array(
                verdicts.map { verdict in
                    let isWaived =
                        verdict.kind == .fail
                        && waived.contains(Finding.id(tenant: tenant, rule: verdict.rule, uid: verdict.uid))
                    return [
                        "type": .string(verdict.type), "id": .string(verdict.id), "arn": .string(verdict.arn),
                        "region": .string(verdict.region),
                        "verdict": .string(isWaived ? "waived" : verdict.kind.rawValue),
                    ]
                }),
        ]
    }
}
