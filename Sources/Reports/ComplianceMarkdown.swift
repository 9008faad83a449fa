public import Posture

/// `compliance/<framework>.md`.
public enum ComplianceMarkdown {
    public static func render(_ compliance: Compliance, tenant: String) -> String {
        var output = "# \(Markdown.text(compliance.framework.title)): \(Markdown.text(tenant))\n\n"
        if let percentage = compliance.percentage {
            output += "**\(percentage)%** of \(compliance.counted) controls passed"
        } else {
            output += "No control passed, failed or is unknown"
        }
        output += " (passed / (passed + failed + unknown)). Controls that are waived, not applicable or not covered "
        output += "do not count.\n\n"
        output += Markdown.table(
            Compliance.Status.allCases.map(\.words.capitalizedASCII),
            [Compliance.Status.allCases.map { String(compliance.count($0)) }])
        output += "\n"
        output += Markdown.table(
            ["Control", "Title", "Status", "Rules"],
            compliance.controls.map { result in
                [
                    Markdown.text(result.control.id), Markdown.text(result.control.title),
                    result.status == .failed ? "**failed**" : result.status.words,
                    result.rules.map(rule).joined(separator: "<br>"),
                ]
            })
        return output
    }

    private static func rule(_ result: Compliance.RuleResult) -> String {
        guard result.isEvaluated else {
            return Markdown.code(result.rule) + (result.isDisabled ? " switched off" : " not run")
        }
        let counts = result.counts
        return Markdown.code(result.rule) + " \(counts.fail) failed, \(counts.pass) passed, \(counts.unknown) unknown"
            + (counts.waived > 0 ? ", \(counts.waived) waived" : "")
    }
}
