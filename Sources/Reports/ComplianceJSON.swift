public import Documents
public import Posture

/// `compliance/<framework>.json`.
public enum ComplianceJSON {
    public static func render(_ compliance: Compliance, tenant: String) -> JSON {
        [
            "version": 1, "tenant": .string(tenant), "framework": .string(compliance.framework.id),
            "title": .string(compliance.framework.title), "framework_version": .string(compliance.framework.version),
            "percentage": compliance.percentage.map { .integer(Int64($0)) } ?? .null,
            "formula":
                "passed / (passed + failed + unknown); controls that are waived, not applicable or not covered do not count",
            "controls": .array(compliance.controls.map(render)),
        ]
    }

    private static func render(_ result: Compliance.ControlResult) -> JSON {
        var object: JSONObject = [
            "control": .string(result.control.id), "title": .string(result.control.title),
            "status": .string(result.status.rawValue),
            "rules": .array(
                result.rules.map { rule in
                    var object: JSONObject = ["rule": .string(rule.rule), "evaluated": .bool(rule.isEvaluated)]
                    if rule.isDisabled { object["disabled"] = true }
                    if rule.isEvaluated { object["verdicts"] = SummaryJSON.render(rule.counts) }
                    return .object(object)
                }),
        ]
        object["section"] = result.control.section.map(JSON.string)
        return .object(object)
    }
}
