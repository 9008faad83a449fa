public import Documents
internal import Rules

/// `README.md` of the results branch: one line a tenant, made from the tenants' summaries.
public enum OverviewMarkdown {
    /// `summaries` are the documents that `SummaryJSON` renders.
    public static func render(_ summaries: [JSON]) -> String {
        let severities = Severity.allCases.map(\.rawValue)
        let rows = summaries.sorted { ($0["tenant"]?.string ?? "") < ($1["tenant"]?.string ?? "") }.map { summary in
            let name = summary["tenant"]?.string ?? ""
            return [link(name), number(summary["score"])]
                + severities.map { number(summary["open"]?[$0]) } + [number(summary["unknown"])]
        }
        return "# Security posture\n\n"
            + Markdown.table(["Tenant", "Score"] + severities.map(\.capitalizedASCII) + ["Unknown"], rows)
    }

    /// What is no tenant's name is no path either.
    private static func link(_ name: String) -> String {
        RuleParser.isName(name) ? "[\(Markdown.text(name))](\(name)/findings.md)" : Markdown.text(name)
    }

    private static func number(_ value: JSON?) -> String { value?.integer.map(String.init) ?? "?" }
}
