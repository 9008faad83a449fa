public import Posture
internal import Rules

/// `README.md` of a tenant's folder: its numbers, how they came to be, and where the rest is.
public enum TenantMarkdown {
    static let scorePicture = "score.svg"
    static let openPicture = "open.svg"

    public static func render(_ posture: Posture) -> String {
        var output = "# \(Markdown.text(posture.tenant))\n\n"
        output += "Account \(Markdown.code(posture.account)) · **score \(posture.score.value)** of 100 · "
        output += "\(posture.resourceCount) resources\n\n"
        output += Markdown.table(
            Severity.allCases.map(\.rawValue.capitalizedASCII) + ["Unknown", "Waived"],
            [
                Severity.allCases.map { String(posture.count($0)) }
                    + [String(posture.unknownCount), String(posture.waived.count)]
            ])
        output += "\n[Findings](findings.md)\n\n"
        output += "![Score over time](\(scorePicture))\n\n![Open findings over time](\(openPicture))\n"
        guard !posture.compliance.isEmpty else { return output }
        output += "\n## Compliance\n\n"
        output += Markdown.table(
            ["Framework", "Percentage"] + Compliance.Status.allCases.map(\.words.capitalizedASCII),
            posture.compliance.map { compliance in
                let id = compliance.framework.id
                let title = Markdown.text(compliance.framework.title)
                return [
                    RuleParser.isName(id) ? "[\(title)](compliance/\(id).md)" : title,
                    compliance.percentage.map { "\($0)%" } ?? "",
                ] + Compliance.Status.allCases.map { String(compliance.count($0)) }
            })
        return output
    }
}
