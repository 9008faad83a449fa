internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// What a review says of tenants.
extension ReviewMarkdown {
    /// More tenants than these that do not change are only counted.
    private static let mostUnchanged = 20

    /// A line a tenant.
    func tenantTable(_ detail: Detail) -> String {
        guard !review.tenants.isEmpty else { return "" }
        let unchanged = review.tenants.filter { Self.isUnchanged($0) }
        let hides = unchanged.count > Self.mostUnchanged
        let shown = review.tenants.filter { !hides || !Self.isUnchanged($0) }
        var output = ""
        if !shown.isEmpty {
            output = Self.table(
                ["Tenant", "Score", "Gets worse", "Goes away", "Unknown", "Open after", "Snapshot"], shown.map(row))
        }
        if hides { output += (output.isEmpty ? "" : "\n\n") + "\(unchanged.count) tenants do not change." }
        return output
    }

    /// All tenants in one line.
    var totals: String {
        let changes = review.changes.map(\.change)
        guard !review.tenants.isEmpty else { return "" }
        let worse = SeverityCounts.text(changes.flatMap(\.regressions).map(\.severity))
        let gone = changes.reduce(0) { $0 + $1.resolved.count }
        let unknown = changes.reduce(0) { $0 + $1.unknown.count }
        let count = review.tenants.count
        return "\(count) tenant\(count == 1 ? "" : "s"), \(changes.count) compared: "
            + "\(worse.isEmpty ? "nothing" : worse) gets worse, \(gone) resolved, \(unknown) newly unknown."
    }

    private static func isUnchanged(_ tenant: TenantReview) -> Bool {
        if case .compared(let change) = tenant.state { change.isUnchanged && !change.isStale } else { false }
    }

    private func row(_ tenant: TenantReview) -> [String] {
        let name = Markdown.text(tenant.name)
        func note(_ text: String) -> [String] { [name, text, "", "", "", "", ""] }
        switch tenant.state {
        case .neverScanned: return note("never scanned: nothing is known of it")
        case .removed: return note("removed")
        case .unreadable(let reason): return note("**cannot be read**: " + Markdown.prose(reason.cut(to: 300)))
        case .compared(let change):
            return [
                name, Self.score(change), Self.worse(change), Self.gone(change), Self.unknown(change),
                SeverityCounts.text(change.openAfter), snapshot(change),
            ]
        }
    }

    static func score(_ change: TenantChange) -> String {
        let difference = change.scoreAfter - change.scoreBefore
        guard difference != 0 else { return "\(change.scoreAfter)" }
        return "\(change.scoreBefore) → **\(change.scoreAfter)** (\(difference > 0 ? "+" : "−")\(abs(difference)))"
    }

    private static func worse(_ change: TenantChange) -> String {
        let counts = [
            (SeverityCounts.text(change.opened.map(\.severity)), "new"),
            (SeverityCounts.text(change.worse.map(\.after.severity)), "made worse"),
            (SeverityCounts.text(change.lapsed.map(\.severity)), "no longer waived"),
        ]
        return counts.filter { !$0.0.isEmpty }.map { "**\($0.0)** \($0.1)" }.joined(separator: "<br>")
    }

    private static func gone(_ change: TenantChange) -> String {
        let counts = [
            (change.resolved.count, "resolved"), (change.waived.count, "waived"),
            (change.withdrawn.count, "withdrawn"),
        ]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: "<br>")
    }

    private static func unknown(_ change: TenantChange) -> String {
        change.unknownBefore == change.unknownAfter
            ? "\(change.unknownAfter)" : "\(change.unknownBefore) → **\(change.unknownAfter)**"
    }

    /// `2026-11-20 06:30 UTC, 1 day old`
    private func snapshot(_ change: TenantChange) -> String {
        let time = change.collectedAt.description
        let days = max(0, (moment.seconds - change.collectedAt.seconds) / 86_400)
        let age = days == 0 ? "less than a day old" : "\(days) day\(days == 1 ? "" : "s") old"
        return "\(time.prefix(10)) \(time.dropFirst(11).prefix(5)) UTC, " + (change.isStale ? "**stale**: " : "") + age
    }

    /// What becomes of a tenant's findings.
    func section(_ tenant: String, _ change: TenantChange, _ detail: Detail) -> String {
        let findings = findingLists(change, detail)
        let parts = findings + [frameworks(change, detail)]
        guard parts.contains(where: { !$0.isEmpty }) else { return "" }
        return (["#### \(Markdown.text(tenant))"] + parts.filter { !$0.isEmpty }).joined(separator: "\n\n")
    }

    private func frameworks(_ change: TenantChange, _ detail: Detail) -> String {
        guard !change.frameworks.isEmpty else { return "" }
        func percent(_ value: Int?) -> String { value.map { "\($0)%" } ?? "none" }
        let rows = change.frameworks.prefix(detail.most).map { framework in
            let controls = framework.controls.prefix(min(detail.most, 50)).map { control in
                Markdown.code(control.id) + " " + (control.before?.words ?? "not there") + " → "
                    + (control.after?.words ?? "not there")
            }
            let rest = framework.controls.count - controls.count
            return [
                Markdown.text(framework.title),
                framework.percentageBefore == framework.percentageAfter
                    ? percent(framework.percentageAfter)
                    : percent(framework.percentageBefore) + " → " + percent(framework.percentageAfter),
                (controls + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "<br>"),
            ]
        }
        let count = change.frameworks.count
        return Self.folded(
            "\(count) framework\(count == 1 ? "" : "s") change\(count == 1 ? "s" : "")",
            Self.table(["Framework", "Passed", "Controls"], Array(rows))
                + Self.more(count, than: detail.most))
    }
}

extension SeverityCounts {
    static func text(_ counts: [Severity: Int]) -> String {
        let found = Severity.allCases.compactMap { severity -> String? in
            guard let count = counts[severity], count > 0 else { return nil }
            return "\(count) \(severity.rawValue)"
        }
        return found.isEmpty ? "none" : found.joined(separator: ", ")
    }
}
