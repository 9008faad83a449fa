public import Documents
internal import Rules

/// `README.md` of the results branch: the overall score, and one line a tenant, made from the tenants' summaries.
public enum OverviewMarkdown {
    /// `summaries` are the documents that `SummaryJSON` renders.
    public static func render(_ summaries: [JSON]) -> String {
        let severities = Severity.allCases.map(\.rawValue)
        let rows = summaries.sorted { ($0["tenant"]?.string ?? "") < ($1["tenant"]?.string ?? "") }.map { summary in
            let name = summary["tenant"]?.string ?? ""
            let trend = TrendJSON.points(of: summary).suffix(20).map(\.score)
            return [link(name), number(summary["score"]), Spark.line(trend, within: 0...100)]
                + severities.map { number(summary["open"]?[$0]) } + [number(summary["unknown"])]
        }
        return "# Security posture\n\n" + overall(summaries)
            + Markdown.table(["Tenant", "Score", "Trend"] + severities.map(\.capitalizedASCII) + ["Unknown"], rows)
    }

    /// The score over all tenants, as if they were one.
    private static func overall(_ summaries: [JSON]) -> String {
        let weights = summaries.compactMap { summary -> (passed: Int64, total: Int64)? in
            guard let passed = summary["weights"]?["passed"]?.integer, let total = summary["weights"]?["total"]?.integer
            else { return nil }
            return (passed, total)
        }
        guard weights.count > 1 else { return "" }
        let total = weights.reduce(0) { $0 + $1.total }
        let score = total == 0 ? 100 : weights.reduce(0) { $0 + $1.passed } * 100 / total
        let missing = summaries.count - weights.count
        return "**Score \(score)** of 100 over \(weights.count) tenants"
            + (missing > 0 ? "; of \(missing) it is not known" : "") + ".\n\n"
    }

    /// What is no tenant's name is no path either.
    private static func link(_ name: String) -> String {
        RuleParser.isName(name) ? "[\(Markdown.text(name))](\(name)/README.md)" : Markdown.text(name)
    }

    private static func number(_ value: JSON?) -> String { value?.integer.map(String.init) ?? "?" }
}
