public import Documents
internal import Posture
internal import Rules

/// A review for terminals.
public struct ReviewText {
    private let review: Review
    private let verdict: ReviewVerdict
    private let style: TextStyle

    public init(_ review: Review, _ verdict: ReviewVerdict, _ style: TextStyle) {
        self.review = review
        self.verdict = verdict
        self.style = style
    }

    /// So many lines of each kind are shown of a tenant.
    private static let most = 50

    /// Diagnostics are left out: whoever prints the text shows them on their lines.
    public var text: String {
        let parts = [head, gates, waivers, tests] + review.tenants.map(text) + [outcome]
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var head: [String] {
        ["\(style.paint("review", .strong)) of \(short(review.head)) on \(short(review.base))"]
    }

    private var gates: [String] {
        guard !review.gateChanges.isEmpty else { return [] }
        return [style.paint("settings that the head changes, and that the base decides until they are merged", .strong)]
            + review.gateChanges.map { change in
                "  \(change.key.inertLine): \((change.base ?? "not there").inertLine) → "
                    + (change.head ?? "not there").inertLine
            }
    }

    private var waivers: [String] {
        guard !review.waivers.isEmpty else { return [] }
        return [style.paint("waivers", .strong)]
            + review.waivers.map { reviewed in
                let waiver = reviewed.waiver
                let name =
                    "  \(waiver.name.inertLine) (\(reviewed.isNew ? "new" : "changed"), \(waiver.path.inertLine)): "
                switch reviewed.standing {
                case .approved:
                    return name + style.paint("counts", .good)
                        + ", approved by \(waiver.approvedBy.inertLine) until \(waiver.expires.date)"
                case .waiting(let reason):
                    return name + style.paint("waives nothing yet", .warning) + ": \(reason.inertLine)"
                }
            }
    }

    private var tests: [String] {
        let failed = review.tests.failures.count
        guard failed + review.tests.passed > 0 else { return [] }
        return ["\(style.paint("tests of rules", .strong)): \(review.tests.passed) passed, \(failed) failed"]
            + review.tests.failures.map { failure in
                "  \(style.paint("FAIL", .error)) \(failure.rule.inertLine) (\(failure.path.inertLine):\(failure.line)): "
                    + failure.fault.inertLine
            }
    }

    private func text(_ tenant: TenantReview) -> [String] {
        let name = style.paint(tenant.name, .strong)
        switch tenant.state {
        case .neverScanned: return ["\(name): was never scanned; nothing is known of it"]
        case .removed: return ["\(name): the head does not have it any more"]
        case .unreadable(let reason): return ["\(name): \(style.paint("cannot be read", .error)): \(reason.inertLine)"]
        case .compared(let change): return text(change, name)
        }
    }

    private func text(_ change: TenantChange, _ name: String) -> [String] {
        let scores =
            change.scoreBefore == change.scoreAfter
            ? "\(change.scoreAfter)" : "\(change.scoreBefore) → \(change.scoreAfter)"
        let stale = change.isStale ? style.paint(", which is too old", .warning) : ""
        let title =
            "\(name): score \(scores), snapshot \(short(change.snapshot)) of \(change.collectedAt)\(stale)"
        var lines: [String] = []
        lines += cut(change.opened) { "\(style.paint("+", .error)) \(text($0))" }
        lines += cut(change.lapsed) { "\(style.paint("+", .error)) \(text($0)) (no longer waived)" }
        lines += cut(change.changed) { changed in
            let sign = changed.isWorse ? style.paint("▲", .error) : style.paint("~", .warning)
            return "\(sign) \(text(changed.after)) (\(why(changed)))"
        }
        lines += cut(change.unknown) { check in
            let resource = "\(check.resource.id.inertLine) (\(check.resource.region.inertLine))"
            let causes = check.causes.map(\.inertLine).joined(separator: "; ")
            return "\(style.paint("?", .warning)) unknown  \(check.rule) \(resource): \(causes)"
        }
        lines += cut(change.withdrawn) { "\(style.paint("x", .faint)) \(text($0)) (not judged any more)" }
        lines += cut(change.waived) { finding in
            let by = finding.waiver.map { " by \($0.name.inertLine) until \($0.expires.date)" } ?? ""
            return "\(style.paint("w", .faint)) \(text(finding)) (waived\(by))"
        }
        lines += cut(change.resolved) { "\(style.paint("-", .good)) \(text($0))" }
        if lines.isEmpty { lines.append("no finding differs") }
        if change.unknownBefore != change.unknownAfter {
            lines.append("unknown verdicts: \(change.unknownBefore) → \(change.unknownAfter)")
        }
        for framework in change.frameworks { lines += text(framework) }
        return [title] + lines.map { "  \($0)" }
    }

    private func cut<Element>(_ list: [Element], _ line: (Element) -> String) -> [String] {
        let lines = list.prefix(Self.most).map(line)
        guard list.count > Self.most else { return lines }
        return lines + ["... and \(list.count - Self.most) more like these: --format json shows all"]
    }

    private func text(_ finding: Finding) -> String {
        let severity = finding.severity.rawValue
        let padded = severity + String(repeating: " ", count: max(0, 8 - severity.utf8.count))
        return "\(padded) \(finding.rule) \(finding.resource.id.inertLine) (\(finding.resource.region.inertLine)): "
            + finding.message.inertLine
    }

    private func why(_ change: TenantChange.Change) -> String {
        var reasons: [String] = []
        if change.hasOtherSeverity { reasons.append("was \(change.before.severity.rawValue)") }
        if change.hasOtherEvidence {
            reasons.append(change.isWorse && !change.hasOtherSeverity ? "worse evidence" : "other evidence")
        }
        return reasons.joined(separator: ", ")
    }

    private func text(_ framework: TenantChange.FrameworkChange) -> [String] {
        let shares = [framework.percentageBefore, framework.percentageAfter].map { $0.map { "\($0) %" } ?? "none" }
        let share = shares[0] == shares[1] ? shares[0] : shares.joined(separator: " → ")
        return ["\(framework.title.inertLine): \(share)"]
            + cut(framework.controls) { control in
                let states = [control.before, control.after].map { $0.map(word) ?? "not there" }
                return "  \(control.id.inertLine) \(control.title.inertLine): \(states.joined(separator: " → "))"
            }
    }

    private func word(_ status: Compliance.Status) -> String {
        switch status {
        case .passed, .failed, .unknown, .waived: status.rawValue
        case .notApplicable: "not applicable"
        case .notCovered: "not covered"
        }
    }

    private var outcome: [String] {
        switch verdict.conclusion {
        case .passed: [style.paint("passed", .good)]
        case .findings: [style.paint("failed", .error)] + reasons
        case .configuration: [style.paint("not compared", .error)] + reasons
        case .incomplete: [style.paint("incomplete", .warning)] + reasons
        }
    }

    private var reasons: [String] { verdict.reasons.map { "  \($0.inertLine)" } }

    private func short(_ commit: String) -> String { String(commit.prefix(10)) }
}
