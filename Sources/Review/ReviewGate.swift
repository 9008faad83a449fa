internal import Documents
internal import Posture
public import Rules
public import Workspace

/// By what a review is decided: the base's, or what the command line says.
public struct ReviewGate: Sendable {
    /// Findings of this severity or worse count; nil: none does.
    public var failOn: Severity?
    /// Whether only what the change does counts, and not what is open anyway.
    public var newOnly: Bool
    /// How many unknown verdicts are accepted in a tenant.
    public var maxUnknown: Int64
    /// By tenant, the ids of findings that do not count as new.
    public var known: [String: Set<String>]

    public init(_ gate: Settings.Gate, known: [String: Set<String>] = [:]) {
        failOn = gate.failOn
        newOnly = gate.newOnly
        maxUnknown = gate.maxUnknown
        self.known = known
    }
}

extension ReviewVerdict {
    /// Of several conclusions the one that counts: the configuration, what is incomplete, findings and failed tests.
    public init(_ review: Review, by gate: ReviewGate) {
        var invalid: [String] = []
        var incomplete: [String] = []
        var failed: [String] = []
        let errors = review.diagnostics.count { $0.severity == .error }
        if errors > 0 { invalid.append("\(Self.number(errors, "error")) in the configuration of the head") }
        for tenant in review.tenants {
            switch tenant.state {
            case .unreadable(let reason): incomplete.append("\(tenant.name) cannot be read: \(reason)")
            case .compared(let change):
                incomplete += Self.gaps(change, gate).map { "\(tenant.name): \($0)" }
                failed += Self.failures(change, gate, gate.known[tenant.name] ?? []).map { "\(tenant.name): \($0)" }
            case .neverScanned, .removed: break
            }
        }
        let tests = review.tests.failures.count
        if tests > 0 { failed.append("\(Self.number(tests, "test")) of rules failed") }
        let conclusion: Conclusion =
            !invalid.isEmpty
            ? .configuration : !incomplete.isEmpty ? .incomplete : !failed.isEmpty ? .findings : .passed
        self.init(conclusion, reasons: invalid + incomplete + failed)
    }

    private static func gaps(_ change: TenantChange, _ gate: ReviewGate) -> [String] {
        var gaps: [String] = []
        if change.isStale { gaps.append("the snapshot of \(change.collectedAt) is older than `gate.max_snapshot_age`") }
        let unknown = gate.newOnly ? change.unknown.count : change.unknownAfter
        if unknown > gate.maxUnknown {
            gaps.append(
                "\(unknown) \(gate.newOnly ? "more verdicts are" : "verdicts are") unknown, \(gate.maxUnknown) allowed")
        }
        return gaps
    }

    private static func failures(_ change: TenantChange, _ gate: ReviewGate, _ known: Set<String>) -> [String] {
        guard let threshold = gate.failOn else { return [] }
        guard gate.newOnly else {
            let open = change.openAfter.filter { $0.key >= threshold }.values.reduce(0, +)
            return open > 0 ? ["\(number(open, "finding")) at or above \(threshold.rawValue)"] : []
        }
        func counts(_ finding: Finding) -> Bool { finding.severity >= threshold && !known.contains(finding.id) }
        let opened = change.opened.count(where: counts)
        let lapsed = change.lapsed.count(where: counts)
        // Those that were waived before are among the lapsed ones.
        let worse = change.changed.count {
            $0.isWorse && $0.after.waiver == nil && $0.before.waiver == nil && counts($0.after)
        }
        let parts = [(opened, "opened"), (lapsed, "no longer waived"), (worse, "grown worse")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        guard !parts.isEmpty else { return [] }
        let all = number(opened + lapsed + worse, "finding")
        return ["\(all) at or above \(threshold.rawValue): \(parts.joined(separator: ", "))"]
    }

    private static func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
