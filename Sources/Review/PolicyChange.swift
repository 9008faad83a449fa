internal import Git
internal import Posture
internal import Rules
internal import Workspace

/// The rules that have to be judged anew to compare two policies of a tenant, given what a scan recorded.
enum PolicyChange {
    /// - Returns: the rules of which the recorded policy, the base and the head do not say the same, and those whose
    ///   waivers differ. Of the others the recorded numbers hold, and neither finding nor verdict changes.
    static func rules(
        recorded: PolicyOutline, base: EffectivePolicy, head: EffectivePolicy
    ) throws(GitError) -> Set<String> {
        let ran = recorded.rules.union(base.rules.map(\.rule.id)).union(head.rules.map(\.rule.id))
        let trusts = recorded.policy.trust
        guard trusts == base.trust, trusts == head.trust else {
            return ran.union(waived([recorded.policy, base, head]))
        }
        var names = ContentNames()
        var same = recorded.rules
        for policy in [base, head] {
            var kept: Set<String> = []
            for rule in policy.rules where same.contains(rule.rule.id) {
                let definition = try RuleDefinition(rule, in: policy, &names)
                if definition.isRecorded(of: rule.rule.id, in: recorded) { kept.insert(rule.rule.id) }
            }
            same = kept
        }
        return ran.subtracting(same).union(waiverChanges([recorded.policy, base, head]))
    }

    /// The rules whose waivers, or what these may do, are not the same everywhere.
    private static func waiverChanges(_ policies: [EffectivePolicy]) -> Set<String> {
        let limits = policies.map(\.exceptions.limits)
        guard limits.allSatisfy({ $0 == limits.first }) else { return waived(policies) }
        let contents = policies.map { policy in
            Set(
                policy.exceptions.waivers.map { waiver in
                    waiver.content + [policy.exceptions.knownRules.contains(waiver.rule) ? 1 : 0]
                })
        }
        let common = contents.dropFirst().reduce(contents.first ?? []) { $0.intersection($1) }
        var rules: Set<String> = []
        for policy in policies {
            for waiver in policy.exceptions.waivers {
                let isKnown: UInt8 = policy.exceptions.knownRules.contains(waiver.rule) ? 1 : 0
                if !common.contains(waiver.content + [isKnown]) { rules.insert(waiver.rule) }
            }
        }
        return rules
    }

    private static func waived(_ policies: [EffectivePolicy]) -> Set<String> {
        Set(policies.flatMap { $0.exceptions.waivers.map(\.rule) })
    }
}

extension EffectivePolicy {
    /// With these rules alone, and the waivers that name them. Nil: all.
    func restricted(to ids: Set<String>?) -> EffectivePolicy {
        guard let ids else { return self }
        var policy = self
        policy.rules.removeAll { !ids.contains($0.rule.id) }
        policy.exceptions.waivers.removeAll { !ids.contains($0.rule) }
        return policy
    }
}
