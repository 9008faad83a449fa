public import Posture
internal import Rules

extension TenantChange {
    /// Open or waived under both, and worse under the head: more severe, or on more evidence.
    public var worse: [Change] { changed.filter(\.isWorse) }

    /// Open or waived under both, and not worse: another evidence, or a lower severity.
    public var otherwise: [Change] { changed.filter { !$0.isWorse } }

    /// What counts against the change: new, made worse, no longer waived.
    public var regressions: [Finding] { opened + worse.map(\.after) + lapsed }

    /// Whether the head says anything else than the base.
    public var isUnchanged: Bool {
        opened.isEmpty && resolved.isEmpty && withdrawn.isEmpty && waived.isEmpty && lapsed.isEmpty && changed.isEmpty
            && unknown.isEmpty && unknownBefore == unknownAfter && scoreBefore == scoreAfter && frameworks.isEmpty
    }
}

extension Review {
    /// Of the tenants that are compared.
    public var changes: [(tenant: String, change: TenantChange)] {
        tenants.compactMap { tenant in
            if case .compared(let change) = tenant.state { (tenant.name, change) } else { nil }
        }
    }

    /// Waivers that wait for an approval.
    public var waitingWaivers: [(waiver: Waiver, reason: String)] {
        waivers.compactMap { reviewed in
            if case .waiting(let reason) = reviewed.standing { (reviewed.waiver, reason) } else { nil }
        }
    }
}

/// `2 critical, 1 high`
enum SeverityCounts {
    static func text(_ severities: some Sequence<Severity>) -> String {
        let counts = Dictionary(grouping: severities) { $0 }.mapValues(\.count)
        return Severity.allCases.compactMap { severity in counts[severity].map { "\($0) \(severity.rawValue)" } }
            .joined(separator: ", ")
    }
}
