public import Posture

/// `compliance/<framework>.md`.
public enum ComplianceMarkdown {
    public static func render(_ compliance: Compliance, tenant: String) -> String {
        var output = "# \(Markdown.text(compliance.framework.title)): \(Markdown.text(tenant))\n\n"
        if let percentage = compliance.percentage {
            output += "**\(percentage)%** of the covered controls passed"
        } else {
            output += "No control passed, failed or is unknown"
        }
        output += " (passed / (passed + failed + unknown)). Controls that are waived or not covered do not count.\n\n"
        output += Markdown.table(
            ["Passed", "Failed", "Unknown", "Waived", "Not covered"],
            [[.passed, .failed, .unknown, .waived, .notCovered].map { String(compliance.count($0)) }])
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
        case .waived: "waived"
        case .notCovered: "not covered"
        }
    }

    private static func rule(_ result: Compliance.RuleResult) -> String {
        guard result.isEvaluated else { return Markdown.code(result.rule) + " not run" }
        let counts = result.counts
        return Markdown.code(result.rule) + " \(counts.fail) failed, \(counts.pass) passed, \(counts.unknown) unknown"
            + (counts.waived > 0 ? ", \(counts.waived) waived" : "")
    }
}
