public import Posture

/// `compliance/<framework>.md`.
public enum ComplianceMarkdown {
    public static func render(_ compliance: Compliance, tenant: String) -> String {
        var output = "# \(Markdown.text(compliance.framework.title)): \(Markdown.text(tenant))\n\n"
        if let percentage = compliance.percentage {
            output += "**\(percentage)%** of the covered controls passed"
        } else {
            output += "No control is covered by a rule that ran"
        }
        output += " (passed / (passed + failed + unknown)). Controls that are not covered say nothing either way.\n\n"
        output += Markdown.table(
            ["Passed", "Failed", "Unknown", "Not covered"],
            [[.passed, .failed, .unknown, .notCovered].map { String(compliance.count($0)) }])
        output += "\n"
        output += Markdown.table(
            ["Control", "Title", "Status", "Rules"],
            compliance.controls.map { result in
                [
                    Markdown.text(result.control.id), Markdown.text(result.control.title), word(result.status),
                    result.rules.map(rule).joined(separator: "<br>"),
                ]
            })
        return output
    }

    private static func word(_ status: Compliance.Status) -> String {
        switch status {
        case .passed: "passed"
        case .failed: "**failed**"
        case .unknown: "unknown"
        case .notCovered: "not covered"
        }
    }

    private static func rule(_ result: Compliance.RuleResult) -> String {
        guard result.isEvaluated else { return Markdown.code(result.rule) + " not run" }
        let counts = result.counts
        return Markdown.code(result.rule) + " \(counts.fail) failed, \(counts.pass) passed, \(counts.unknown) unknown"
    }
}
