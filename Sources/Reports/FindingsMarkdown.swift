internal import Documents
public import Posture
internal import Rules

/// `findings.md`: the findings for people, by severity and rule.
public enum FindingsMarkdown {
    static func write(_ posture: Posture, to output: ReportOutput) {
        output.append(head(posture))
        for severity in Severity.allCases where posture.count(severity) > 0 {
            output.append("\n## \(severity.rawValue.capitalizedASCII)\n")
            let findings = posture.findings.filter { $0.severity == severity }
            for group in Dictionary(grouping: findings, by: \.rule).sorted(by: { $0.key < $1.key }) {
                write(group.value, to: output)
            }
        }
        if !posture.unknowns.isEmpty { output.append(unknowns(posture.unknowns)) }
        if !posture.waived.isEmpty { output.append(waived(posture.waived)) }
        if !posture.disabled.isEmpty { output.append(disabled(posture.disabled)) }
        if posture.findings.isEmpty { output.append("\nNo open findings.\n") }
    }

    private static func head(_ posture: Posture) -> String {
        var output = "# Findings of \(Markdown.text(posture.tenant))\n\n"
        output += "Account \(Markdown.code(posture.account)) · score \(posture.score.value) of 100 · "
        output += "\(posture.resourceCount) resources\n\n"
        if let framework = posture.onlyFramework {
            output +=
                "Only what the framework \(Markdown.code(framework)) asks for: numbers and score are of its rules.\n\n"
        }
        return output
            + Markdown.table(
                ["Severity", "Open"],
                Severity.allCases.map { [$0.rawValue, String(posture.count($0))] } + [
                    ["unknown", String(posture.unknownCount)], ["waived", String(posture.waived.count)],
                ])
    }

    private static func waived(_ findings: [Finding]) -> String {
        let haveOwners = findings.contains { $0.owner != nil }
        return "\n## Waived\n\nFailures that were accepted until a day. They count neither as failed nor as passed.\n\n"
            + Markdown.table(
                ["Severity", "Rule", "Resource", "Region", "What", "Waiver", "Until", "Reason"]
                    + (haveOwners ? ["Owner"] : []),
                findings.map { finding in
                    let waiver = finding.waiver
                    let reason = [waiver?.reason, waiver?.ticket, waiver.map { "approved by \($0.approvedBy)" }]
                    return [
                        finding.severity.rawValue, Markdown.code(finding.rule),
                        Markdown.code(finding.resource.id, to: finding.console),
                        Markdown.text(finding.resource.region), Markdown.text(finding.message),
                        Markdown.code(waiver?.name ?? ""), waiver?.expires.date ?? "",
                        Markdown.text(reason.compactMap { $0 }.joined(separator: ", ")),
                    ] + (haveOwners ? [Markdown.text(finding.owner ?? "")] : [])
                })
    }

    private static func disabled(_ rules: [DisabledRule]) -> String {
        "\n## Disabled rules\n\nWhat the tenant does not want to be judged by, until a day.\n\n"
            + Markdown.table(
                ["Rule", "Until", "Reason"],
                rules.map { [Markdown.code($0.rule), $0.expires.date, Markdown.text($0.reason)] })
    }

    /// What is against one rule.
    private static func write(_ findings: [Finding], to output: ReportOutput) {
        guard let first = findings.first else { return }
        var head = "\n### \(Markdown.text(first.title))\n\nRule \(Markdown.code(first.rule))"
        if !first.controls.isEmpty { head += " · " + Markdown.text(first.controls.joined(separator: ", ")) }
        let haveOwners = findings.contains { $0.owner != nil }
        let columns = ["Resource", "Region", "What", "Evidence", "First seen"] + (haveOwners ? ["Owner"] : [])
        output.append(head + "\n\n" + Markdown.table(columns, []))
        output.append(each: findings) { finding in
            Markdown.row(
                [
                    Markdown.code(finding.resource.id, to: finding.console), Markdown.text(finding.resource.region),
                    Markdown.text(finding.message),
                    finding.evidence.map(evidence).joined(separator: "<br>"), finding.firstSeen.date,
                ] + (haveOwners ? [Markdown.text(finding.owner ?? "")] : []))
        }
        if let text = first.remediation.text, findings.count == 1 { output.append("\n\(Markdown.text(text))\n") }
        output.append(each: findings) { finding in
            finding.remediation.cli.map { "\n\(Markdown.code($0))\n" } ?? ""
        }
    }

    private static func evidence(_ item: Evidence) -> String {
        let value = item.value.isNull ? "absent" : item.value.text()
        let shown = value.count > 120 ? String(value.prefix(117)) + "..." : value
        return Markdown.code("\(item.pointer.isEmpty ? item.type : item.pointer) = \(shown)")
    }

    private static func unknowns(_ groups: [UnknownGroup]) -> String {
        "\n## Unknown\n\nWhat could not be judged, by cause. It never counts as passed.\n\n"
            + Markdown.table(
                ["Cause", "Resources", "Rules"],
                groups.map { group in
                    [
                        Markdown.code(group.cause), String(group.resources.count),
                        group.rules.map { Markdown.code($0) }.joined(separator: "<br>"),
                    ]
                })
    }
}

extension String {
    /// The text with its first letter in upper case; for ASCII words.
    package var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
