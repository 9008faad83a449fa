extension PolicyCondition {
    /// Whether the condition asks for something: whether it turns away requests that carry nothing particular under its
    /// key. That is what `lacks` wants to know.
    func restricts(_ effort: inout Effort) -> Truth {
        guard fault == nil, let known = ConditionKeys.key(key) else { return .unknown }
        if known.shape == .flag {
            // Nobody asked, it is false, or not there.
            let plain: [Content] = known.isAlwaysThere ? [.value("false")] : [.value("false"), .absent]
            return !Truth.any(plain.map { holds(for: $0, &effort) })
        }
        let asksForChoice =
            known.origin == .request || known.origin == .resource || known.shape == .audience
            || known.origin == .service
        if case .null = comparison {
            // That there be any value keeps no outsider out, but it asks for a second factor's age, or for a tag.
            return asksForChoice ? !holds(for: .absent, &effort) : .false
        }
        if !known.isAlwaysThere, withoutKey != .false { return withoutKey == .true ? .false : .unknown }
        if isNegated { return asksForChoice ? .unknown : .false }
        if asksForChoice { return Truth(!(isGlob && values.contains(where: \.isEverything))) }
        let query = GrantQuery(principal: .anyone, actions: [])
        let prospects = Caller.strangers.compactMap { caller -> Truth? in
            let prospect = PolicyProspect(
                standings: Standings(query, Trust()), caller: caller, freshAccount: "999999999990")
            guard case .outside = prospect.standings.standing(of: key, for: caller) else { return nil }
            return prospect.outcomeWhenThere(self, &effort)
        }
        if prospects.isEmpty { return .unknown }
        // Some outsiders get through, or all are turned away.
        return Truth.all(prospects.map { $0 == .false ? .true : reaches(&effort) ? .false : .unknown })
    }

    /// Whether outsiders certainly have a value that fits.
    private func reaches(_ effort: inout Effort) -> Bool {
        let query = GrantQuery(principal: .anyone, actions: [])
        return Caller.strangers.contains { caller in
            let prospect = PolicyProspect(
                standings: Standings(query, Trust()), caller: caller, freshAccount: "999999999990")
            return prospect.contents(of: key, asked: [self], &effort).contains { holds(for: $0, &effort) == .true }
        }
    }
}
