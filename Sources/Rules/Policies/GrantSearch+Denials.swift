internal import Documents

extension GrantSearch {
    /// Whether all that is asked for is denied: each action, on each resource, to every such caller.
    mutating func denials() -> PolicyAnswer {
        let callers = deniedCallers
        guard !callers.isEmpty else {
            return PolicyAnswer(truth: .unknown, reasons: ["the resource's own account is not known"])
        }
        let counted = denies.compactMap { deny -> (statement: PolicyDocument.Statement, isCertain: Bool)? in
            var deny = deny
            let count = counts(deny)
            if count == .false { return nil }
            if query.conditions == .any { deny.conditions.removeAll { $0.fault == nil } }
            return (deny, count == .true && deny.effect == .deny)
        }
        var witnesses: [PolicyAnswer.Place] = []
        var result = Truth.true
        for caller in callers {
            for action in actions {
                for resource in resources.isEmpty ? [nil] : resources.map(Optional.some) {
                    if let deny = counted.first(where: {
                        $0.isCertain && covers($0.statement, caller, action, resource)
                    }) {
                        if let place = deny.statement.place, !witnesses.contains(place), witnesses.count < 16 {
                            witnesses.append(place)
                        }
                    } else if escapes(counted.map(\.statement), caller, action, resource) {
                        return PolicyAnswer(truth: .false)
                    } else {
                        result = .unknown
                        for deny in counted { addDoubts(about: deny.statement, isDeny: true) }
                    }
                }
            }
        }
        if effort.isSpent { doubts.add("the policy documents are too large to be judged") }
        if result == .unknown, doubts.isEmpty {
            doubts.add("whether the `Deny` statements together cover it cannot be told")
        }
        return result == .true ? PolicyAnswer(truth: .true, statements: witnesses) : doubts.answer(otherwise: .unknown)
    }

    /// Every one of these has to be denied. Services and providers call for nobody here but where they are asked for.
    private var deniedCallers: [Caller] {
        guard query.named.isEmpty else { return wantedCallers(among: []) }
        switch query.principal {
        case .anyone?: return [Caller(kind: .principal), Caller(kind: .anonymous)]
        case .external?: return [Caller(kind: .principal, circle: .untrusted)]
        case .account?:
            return trust.account.isEmpty ? [] : [Caller(kind: .principal, account: trust.account, isNamed: true)]
        case .service?: return [Caller(kind: .service(nil))]
        case .federated?: return [Caller(kind: .federated(nil))]
        case nil: return [Caller(kind: .holder)]
        }
    }

    private mutating func covers(
        _ deny: PolicyDocument.Statement, _ caller: Caller, _ action: PolicyPattern, _ resource: PolicyPattern?
    ) -> Bool {
        guard deny.principals.include(caller, trust) == .true, deny.actions.cover(action, &effort) else { return false }
        if let resource {
            guard deny.resources.areEveryResource || deny.resources.cover(resource, &effort) else { return false }
        } else if deny.resources.fault != nil {
            return false
        }
        let prospect = PolicyProspect(standings: standings, caller: caller, freshAccount: freshAccount)
        return deny.conditions.allSatisfy { prospect.outcome(of: $0, &effort) == .true }
    }

    /// Whether a request is found that none of the statements denies.
    private mutating func escapes(
        _ denies: [PolicyDocument.Statement], _ caller: Caller, _ action: PolicyPattern, _ resource: PolicyPattern?
    ) -> Bool {
        let actions = actionCandidates([], asked: [action], denied: denies.map(\.actions))
        let targets: [Target] = resource.map { $0.instances.map(Target.named) } ?? [.any]
        for caller in refined(caller) {
            for action in actions {
                for target in targets {
                    guard !effort.isSpent else { return false }
                    let attempt = Attempt(action: action, resource: target)
                    let against = denies.filter { applies($0, attempt, caller) != .false }
                    if context(for: caller, meeting: [], escaping: against.map(\.conditions)) { return true }
                }
            }
        }
        return false
    }
}
