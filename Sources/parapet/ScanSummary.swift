internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Rules
internal import Scanning
internal import Workspace

/// What a scan shows in the terminal.
struct ScanSummary {
    let outcome: ScanOutcome
    /// Nil for a part of a scan, which does not land.
    let landed: Landed?
    let branches: Branches
    let idleScanners: [String]
    let isVerbose: Bool
    let style: TextStyle

    private static let fewFindings = 15
    private static let fewUnknowns = 10

    func text() -> String {
        guard let landed else { return partialText() }
        let posture = outcome.posture
        var lines = [
            style.paint("\(posture.tenant)", .strong) + " (\(posture.account)): score \(posture.score.value) of 100, "
                + "\(posture.resourceCount) resources in \(posture.regions.count) regions, \(outcome.policy.rules.count) rules",
            "",
            "  "
                + Severity.allCases.map {
                    style.paint("\($0.rawValue) \(posture.count($0))", accent($0, posture.count($0)))
                }
                .joined(separator: "   ") + "   "
                + style.paint("unknown \(posture.unknownCount)", posture.unknownCount > 0 ? .warning : .faint) + "   "
                + style.paint("waived \(posture.waived.count)", posture.waived.isEmpty ? .faint : .strong),
            "",
        ]
        lines += findings(posture)
        lines += unknowns(posture)
        lines += exceptions(posture)
        for compliance in posture.compliance { lines.append("  " + self.compliance(compliance)) }
        if !posture.compliance.isEmpty { lines.append("") }
        if !idleScanners.isEmpty {
            lines += ["  no built-in rules for: \(idleScanners.joined(separator: ", "))", ""]
        }
        lines += [
            "  snapshot  \(landed.snapshot.short) on \(branches.snapshots)\(landed.changedSnapshot ? "" : ", unchanged")",
            "  results   \(landed.results.short) on \(branches.results)\(landed.changedResults ? "" : ", unchanged")",
            "  journal   \(landed.journal.short) on \(branches.journal)",
            "  report    git show \(branches.results):\(posture.tenant)/findings.md",
        ]
        if landed.wasPushed { lines.append("  pushed to origin") }
        return lines.joined(separator: "\n")
    }

    private func partialText() -> String {
        let posture = outcome.posture
        var judged = VerdictCounts()
        for verdict in outcome.verdicts { judged.add(verdict.kind) }
        var lines = [
            style.paint("\(posture.tenant)", .strong) + " (\(posture.account)): "
                + "\(count(outcome.policy.rules.count, "rule")), \(count(outcome.verdicts.count, "verdict")): "
                + "\(judged.fail) fail, \(judged.pass) pass, \(judged.unknown) unknown",
            "",
        ]
        lines += findings(posture)
        lines += unknowns(posture)
        lines += exceptions(posture)
        lines.append("  nothing landed on the branches: this is a part of a scan")
        return lines.joined(separator: "\n")
    }

    private func findings(_ posture: Posture) -> [String] {
        guard !posture.findings.isEmpty else { return ["  no open findings", ""] }
        let shown = isVerbose ? posture.findings[...] : posture.findings.prefix(Self.fewFindings)
        let width = shown.map(\.rule.count).max() ?? 0
        var lines = shown.map { finding in
            let severity = finding.severity.rawValue
            let name =
                style.paint(severity, accent(finding.severity, 1)) + String(repeating: " ", count: 9 - severity.count)
            let rule = finding.rule + String(repeating: " ", count: width - finding.rule.count)
            return "  \(name) \(rule)  \(finding.message.inert) (\(finding.resource.region))"
        }
        let left = posture.findings.count - shown.count
        if left > 0 { lines.append("  ... and \(left) more: --verbose\(landed == nil ? "" : ", or the report below")") }
        return lines + [""]
    }

    private func unknowns(_ posture: Posture) -> [String] {
        guard !posture.unknowns.isEmpty else { return [] }
        let shown = isVerbose ? posture.unknowns[...] : posture.unknowns.prefix(Self.fewUnknowns)
        var lines = [style.paint("  unknown, which is never a pass:", .warning)]
        lines += shown.map { group in
            let rules = group.rules.count == 1 ? group.rules[0] : count(group.rules.count, "rule")
            return "    \(group.cause.inert): \(count(group.resources.count, "resource")), \(rules)"
        }
        let left = posture.unknowns.count - shown.count
        if left > 0 { lines.append("    ... and \(left) more causes") }
        return lines + [""]
    }

    private func exceptions(_ posture: Posture) -> [String] {
        var lines: [String] = []
        let waivers = Dictionary(grouping: posture.waived.compactMap(\.waiver), by: \.name)
        for (name, uses) in waivers.sorted(by: { $0.key < $1.key }) {
            lines.append("  waived by \(name): \(count(uses.count, "finding")), until \(uses[0].expires.date)")
        }
        for rule in posture.disabled {
            lines.append("  disabled until \(rule.expires.date): \(rule.rule) (\(rule.reason.inert))")
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private func compliance(_ compliance: Compliance) -> String {
        let uncovered = compliance.count(.notCovered)
        return "\(compliance.framework.title.inert): \(ComplianceText.share(compliance))"
            + (uncovered > 0 ? ", \(uncovered) not covered" : "")
    }

    private func accent(_ severity: Severity, _ count: Int) -> TextStyle.Accent {
        guard count > 0 else { return .faint }
        return switch severity {
        case .critical, .high: .error
        case .medium: .warning
        case .low, .info: .strong
        }
    }

}
