internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// The lists of a tenant's findings.
extension ReviewMarkdown {
    /// What gets worse stands open, with evidence and remediation folded; the rest is folded as a whole.
    func findingLists(_ change: TenantChange, _ detail: Detail) -> [String] {
        [
            opened("new", change.opened, detail), worse(change.worse, detail),
            opened("no longer waived", change.lapsed, detail), unknown(change.unknown, detail),
            otherwise(change.otherwise, detail), waived(change.waived, detail),
            gone("resolved", change.resolved, detail),
            gone("withdrawn: the rule does not run any more", change.withdrawn, detail),
        ]
    }

    private func opened(_ word: String, _ findings: [Finding], _ detail: Detail) -> String {
        guard !findings.isEmpty else { return "" }
        return "**\(SeverityCounts.text(findings.map(\.severity))) \(word)**\n\n"
            + Self.table(
                ["Severity", "Rule", "Resource", "What"] + owners(findings),
                findings.prefix(detail.most).map { finding in
                    ["**\(finding.severity.rawValue)**"] + what(finding) + owner(finding, among: findings)
                })
            + Self.more(findings.count, than: detail.most) + proof(findings, detail)
    }

    private func worse(_ changes: [TenantChange.Change], _ detail: Detail) -> String {
        guard !changes.isEmpty else { return "" }
        return "**\(SeverityCounts.text(changes.map(\.after.severity))) made worse**\n\n"
            + changeTable(changes, detail) + proof(changes.map(\.after), detail)
    }

    private func otherwise(_ changes: [TenantChange.Change], _ detail: Detail) -> String {
        guard !changes.isEmpty else { return "" }
        let table = changeTable(changes, detail)
        return Self.folded(
            "\(changes.count) with another evidence or a lower severity",
            (detail == .everything ? evidenceTable(changes) : table))
    }

    private func changeTable(_ changes: [TenantChange.Change], _ detail: Detail) -> String {
        Self.table(
            ["Severity", "Rule", "Resource", "What"],
            changes.prefix(detail.most).map { [severities($0)] + what($0.after) })
            + Self.more(changes.count, than: detail.most)
    }

    private func evidenceTable(_ changes: [TenantChange.Change]) -> String {
        Self.table(
            ["Severity", "Rule", "Resource", "What", "Evidence before", "Evidence after"],
            changes.map {
                [severities($0)] + what($0.after) + [Self.evidence($0.before), Self.evidence($0.after)]
            })
    }

    private func severities(_ change: TenantChange.Change) -> String {
        change.before.severity == change.after.severity
            ? change.after.severity.rawValue
            : "\(change.before.severity.rawValue) → **\(change.after.severity.rawValue)**"
    }

    private func gone(_ word: String, _ findings: [Finding], _ detail: Detail) -> String {
        guard !findings.isEmpty else { return "" }
        return Self.folded(
            "\(SeverityCounts.text(findings.map(\.severity))) \(word)",
            Self.table(
                ["Severity", "Rule", "Resource", "What"],
                findings.prefix(detail.most).map { [$0.severity.rawValue] + what($0) }
            ) + Self.more(findings.count, than: detail.most))
    }

    private func waived(_ findings: [Finding], _ detail: Detail) -> String {
        guard !findings.isEmpty else { return "" }
        return Self.folded(
            "\(SeverityCounts.text(findings.map(\.severity))) waived",
            Self.table(
                ["Severity", "Rule", "Resource", "What", "Waiver", "Approver", "Until"],
                findings.prefix(detail.most).map { finding in
                    [finding.severity.rawValue] + what(finding) + [
                        Markdown.code(finding.waiver?.name ?? ""), Markdown.code(finding.waiver?.approvedBy ?? ""),
                        finding.waiver?.expires.date ?? "",
                    ]
                }
            ) + Self.more(findings.count, than: detail.most))
    }

    private func unknown(_ checks: [UnknownCheck], _ detail: Detail) -> String {
        guard !checks.isEmpty else { return "" }
        return Self.folded(
            "\(checks.count) newly unknown",
            Self.table(
                ["Rule", "Resource", "Why"],
                checks.prefix(detail.most).map { check in
                    [
                        rule(check.rule), Self.resource(check.resource, check.console),
                        check.causes.prefix(5).map { Markdown.text($0.cut(to: 300)) }.joined(separator: "<br>"),
                    ]
                }
            ) + Self.more(checks.count, than: detail.most))
    }

    // MARK: Cells

    /// Rule, resource and message.
    private func what(_ finding: Finding) -> [String] {
        let message = finding.message.isEmpty ? finding.title : finding.message
        return [
            rule(finding.rule), Self.resource(finding.resource, finding.console), Markdown.text(message.cut(to: 300)),
        ]
    }

    private func rule(_ id: String) -> String {
        let place = review.places.rules[id]
        return Markdown.code(id, to: place.flatMap { links?.file($0.path, line: $0.line, at: review.head) })
    }

    private static func resource(_ resource: ResourceReference, _ console: String?) -> String {
        Markdown.code(resource.id, to: console) + "<br>" + Markdown.text(resource.region)
    }

    private func owners(_ findings: [Finding]) -> [String] {
        findings.contains { $0.owner != nil } ? ["Owner"] : []
    }

    private func owner(_ finding: Finding, among findings: [Finding]) -> [String] {
        owners(findings).isEmpty ? [] : [Markdown.text((finding.owner ?? "").cut(to: 100))]
    }

    /// Evidence and remediation, folded.
    private func proof(_ findings: [Finding], _ detail: Detail) -> String {
        guard detail == .everything else { return "" }
        let table = Self.table(
            ["Rule", "Resource", "Evidence", "What to do"],
            findings.map { finding in
                [
                    Markdown.code(finding.rule), Markdown.code(finding.resource.id, to: finding.console),
                    Self.evidence(finding), Self.remediation(finding.remediation),
                ]
            })
        return "\n\n" + Self.folded("Evidence, and what to do", table)
    }

    private static func evidence(_ finding: Finding) -> String {
        finding.evidence.map { item in
            let value = item.value.isNull ? "absent" : item.value.text()
            return Markdown.code("\(item.pointer.isEmpty ? item.type : item.pointer) = \(value.cut(to: 120))")
        }.joined(separator: "<br>")
    }

    private static func remediation(_ remediation: Finding.Remediation) -> String {
        [
            remediation.text.map { Markdown.text($0) }, remediation.cli.map { Markdown.code($0) },
            remediation.terraform.map { Markdown.code($0) },
        ].compactMap(\.self).joined(separator: "<br>")
    }
}
