public import Posture

/// `compliance/<framework>.csv`: a control and rule a row. A control without rules has a row of its own.
public enum ComplianceCSV {
    static let columns = [
        "section", "control", "title", "status", "rule", "evaluated", "pass", "fail", "waived", "unknown",
        "not_applicable",
    ]

    public static func render(_ compliance: Compliance) -> String {
        var output = CSV.row(columns)
        for result in compliance.controls {
            let control = [
                result.control.section ?? "", result.control.id, result.control.title, result.status.rawValue,
            ]
            let rules = result.rules.isEmpty ? [["", "false"] + noCounts] : result.rules.map(cells)
            for rule in rules { output += CSV.row(control + rule) }
        }
        return output
    }

    /// Of a rule that does not run nothing was counted, which is not 0.
    private static func cells(_ result: Compliance.RuleResult) -> [String] {
        let counts = result.counts
        let numbers = [counts.pass, counts.fail, counts.waived, counts.unknown, counts.notApplicable].map(String.init)
        return [result.rule, String(result.isEvaluated)] + (result.isEvaluated ? numbers : noCounts)
    }

    private static let noCounts = Array(repeating: "", count: 5)
}
