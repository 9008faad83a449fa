internal import Documents
internal import Posture
internal import Resources
internal import Rules
internal import Workspace

/// What two policies of a tenant say of one snapshot. Findings are made only where they may differ: most verdicts are the
/// same under both, and to word them all would take longer than to judge.
struct PolicyComparison: Sendable {
    /// One policy's part.
    struct Side: Sendable {
        /// Without what is the same on the other side.
        var posture: Posture
        /// All verdicts, by rule.
        var counts: [String: VerdictCounts]

        /// Open findings, those that are the same on the other side too.
        func open(_ policy: EffectivePolicy) -> [Severity: Int] {
            var open = posture.findings.filter { OwnRule(rawValue: $0.rule) != nil }.openBySeverity
            for rule in policy.rules.map(\.rule) { open[rule.severity, default: 0] += counts[rule.id]?.fail ?? 0 }
            return open.filter { $0.value != 0 }
        }
    }

    let base: Side
    let head: Side

    init(_ base: EffectivePolicy, _ head: EffectivePolicy, _ snapshot: Snapshot, _ catalog: ResourceCatalog) {
        let context = base.context(snapshot, catalog)
        let other = head.context(sharing: context)
        let sides = [(base, context), (head, other)]
        // What becomes of failures that waivers reach, only all of them together say.
        let waived = Set((base.exceptions.waivers + head.exceptions.waivers).map(\.rule))
        let verdicts = concurrentMap(sides) { policy, context in
            policy.restricted(to: { !waived.contains($0) }).verdicts(in: context)
        }
        let different = Self.different(base, verdicts[0], head, verdicts[1])
        let judged = concurrentMap(Array(zip(sides, verdicts))) { side, verdicts in
            let (policy, context) = side
            var known = verdicts
            for (rule, uids) in different {
                known[rule] = uids.isEmpty ? nil : verdicts[rule]?.filter { uids.contains($0.uid) }
            }
            let posture = policy.restricted { different[$0]?.isEmpty != true }.judge(in: context, verdicts: known)
                .posture
            var counts = posture.counts
            for (rule, list) in verdicts {
                counts[rule] = list.reduce(into: VerdictCounts()) { $0.add($1.kind) }
            }
            return Side(posture: posture, counts: counts)
        }
        (self.base, self.head) = (judged[0], judged[1])
    }

    /// By rule, the resources of which the policies do not say the same. Rules that are not here have to be compared whole.
    private static func different(
        _ base: EffectivePolicy, _ before: [String: [Verdict]], _ head: EffectivePolicy, _ after: [String: [Verdict]]
    ) -> [String: Set<String>] {
        let rules = Dictionary(base.rules.map { ($0.rule.id, $0.rule) }) { first, _ in first }
        var different: [String: Set<String>] = [:]
        for rule in head.rules.map(\.rule) {
            // Verdicts stand in the order of the rule's types, and of the snapshot.
            guard let old = before[rule.id], let new = after[rule.id], old.count == new.count,
                let earlier = rules[rule.id], earlier.resources == rule.resources
            else { continue }
            let isOther = earlier.severity != rule.severity
            different[rule.id] = Set(
                zip(old, new).lazy.filter { !$0.saysTheSame(as: $1) || isOther && $1.kind == .fail }.map(\.1.uid))
        }
        return different
    }
}

extension Verdict {
    /// As far as findings are compared.
    fileprivate func saysTheSame(as other: Verdict) -> Bool {
        guard kind == other.kind else { return false }
        return kind != .fail
            || evidence.count == other.evidence.count
                && zip(evidence, other.evidence).allSatisfy { left, right in
                    left.pointer.hasSameBytes(as: right.pointer) && left.id.hasSameBytes(as: right.id)
                        && left.type.hasSameBytes(as: right.type) && left.value == right.value
                }
    }
}

extension EffectivePolicy {
    fileprivate func restricted(to isWanted: (String) -> Bool) -> EffectivePolicy {
        var policy = self
        policy.rules.removeAll { !isWanted($0.rule.id) }
        return policy
    }
}
