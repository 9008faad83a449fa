internal import Documents

extension GrantSearch {
    /// What is asked about: one action on one resource.
    struct Attempt {
        var action: [Unicode.Scalar]
        var resource: Target
    }

    enum Target {
        case named([Unicode.Scalar])
        /// What the policy is attached to, whose name it does not tell.
        case attached
        /// Resources are not looked at.
        case any
    }

    /// Whether a request is found that the statement allows, the boundary too, and nothing denies.
    mutating func certainlyGrants(_ statement: PolicyDocument.Statement, within bound: PolicyDocument.Statement?)
        -> Bool
    {
        guard statement.effect == .allow, bound?.effect != .deny, bound?.effect != .either, counts(statement) == .true
        else {
            return false
        }
        let parts = [statement] + (bound.map { [$0] } ?? [])
        let attempts = attempts(parts)
        guard !attempts.isEmpty else { return false }
        let callers = callers(of: statement).flatMap(refined).filter { caller in
            caller.isCertain && parts.allSatisfy { $0.principals.include(caller, trust) == .true }
        }
        let asked = parts.flatMap(\.conditions)
        for caller in callers {
            for attempt in attempts {
                guard !effort.isSpent else { return false }
                let against = denies.filter { applies($0, attempt, caller) != .false }
                if context(for: caller, meeting: asked, escaping: against.map(\.conditions)) { return true }
            }
        }
        return false
    }

    // MARK: Callers

    /// The caller with what is open decided, in several ways.
    func refined(_ caller: Caller) -> [Caller] {
        switch caller.kind {
        case .principal where caller.account == nil:
            var accounts = [freshAccount]
            // One number of many can be the resource's own only by chance; one that is named has to be known not to be.
            var candidates = wildAccounts.filter { caller.circle == .unnamed || trust.includes(account: $0) != .true }
            if caller.circle == .untrusted {
                candidates += namedAccounts.filter { trust.includes(account: $0) == .false }
            }
            for candidate in candidates where accounts.count < 24 && !accounts.contains(candidate) {
                accounts.append(candidate)
            }
            return accounts.map { account in
                var copy = caller
                copy.account = account
                copy.arn = nil
                copy.isNamed = namedAccounts.contains(account)
                return copy
            }
        case .principal where caller.arn == nil:
            var copy = caller
            copy.arn = "arn:aws:iam::\(caller.account ?? freshAccount):role/parapet0"
            return [caller, copy]
        case .service(nil): return [Caller(kind: .service("parapet0.amazonaws.com"), circle: caller.circle), caller]
        case .federated(nil): return [caller] + TokenIssuer.known.map { Caller(kind: .federated($0.issuer)) }
        default: return [caller]
        }
    }

    /// Accounts that patterns in conditions match.
    private var wildAccounts: [String] {
        var found: [String] = []
        for statement in set.statements + (set.boundary ?? []) {
            for condition in statement.conditions where condition.isGlob && found.count < 48 {
                guard let shape = ConditionKeys.key(condition.key)?.shape, shape == .account || shape == .arn else {
                    continue
                }
                for value in condition.values.prefix(16) where value.hasWildcards {
                    let parts = PolicyARN.parts(value.text)
                    let owner = parts.count == 6 ? PolicyPattern(String(parts[4])) : value
                    if owner.hasWildcards { found += OutsiderValues.accounts(matching: owner) }
                }
            }
        }
        return found
    }

    // MARK: Actions and resources

    private static let maximumAttempts = 96

    /// What to ask for, of all that the query asks for and all the statements mean.
    private mutating func attempts(_ parts: [PolicyDocument.Statement]) -> [Attempt] {
        let actions = actionCandidates(parts.map(\.actions), asked: actions, denied: denies.map(\.actions))
        let resources = resourceCandidates(parts)
        return actions.flatMap { action in resources.map { Attempt(action: action, resource: $0) } }
            .prefix(Self.maximumAttempts).map { $0 }
    }

    /// Actions that all of the patterns mean, first those that are likely to escape denials.
    mutating func actionCandidates(
        _ parts: [PolicyPatterns], asked: [PolicyPattern], denied: [PolicyPatterns]
    ) -> [[Unicode.Scalar]] {
        var found: [[Unicode.Scalar]] = []
        for pattern in asked {
            for candidate in instances(of: pattern, parts, denied) where found.count < 24 {
                let isMeant = Truth.all(parts.map { $0.include(candidate, &effort) })
                if isMeant == .true, !found.contains(candidate) { found.append(candidate) }
            }
        }
        return found
    }

    /// Texts that a pattern matches and that the others could mean.
    private mutating func instances(
        of pattern: PolicyPattern, _ parts: [PolicyPatterns], _ denied: [PolicyPatterns]
    ) -> [[Unicode.Scalar]] {
        guard pattern.hasWildcards else { return [pattern.scalars] }
        var found: [[Unicode.Scalar]] = []
        let related =
            [pattern] + parts.flatMap { $0.listed } + denied.flatMap { $0.excepted } + parts.flatMap { $0.excepted }
        for other in related where found.count < 64 && !other.hasVariables {
            guard other.overlaps(pattern, &effort) else { continue }
            for text in other.instances + (other.hasWildcards ? meeting(other, pattern) : []) {
                if pattern.matches(text, &effort) == .true, !found.contains(text) { found.append(text) }
            }
        }
        return found
    }

    private mutating func meeting(_ left: PolicyPattern, _ right: PolicyPattern) -> [[Unicode.Scalar]] {
        guard left.scalars.count * right.scalars.count <= 65_536 else { return [] }
        let (mine, theirs) = (PolicyARN.parts(left.text), PolicyARN.parts(right.text))
        guard mine.count == 6, theirs.count == 6 else {
            return effort.run { GlobMeeting.text(left.scalars, right.scalars, &$0) }.flatMap { $0 }.map { [$0] } ?? []
        }
        // ARNs meet part by part: a name that holds another ARN's parts is none.
        var text: [Unicode.Scalar] = []
        for (one, other) in zip(mine, theirs) {
            let (one, other) = (PolicyPattern(String(one)), PolicyPattern(String(other)))
            let pattern = one.isEverything ? other : other.isEverything ? one : nil
            guard
                let part = pattern.map({
                    $0.isEverything ? Array("999999999990".unicodeScalars) : Array($0.filled("0").unicodeScalars)
                })
                    ?? effort.run({ GlobMeeting.text(one.scalars, other.scalars, &$0) }).flatMap({ $0 })
            else { return [] }
            text += (text.isEmpty ? [] : [":"]) + part
        }
        return [text]
    }

    private mutating func resourceCandidates(_ parts: [PolicyDocument.Statement]) -> [Target] {
        let patterns = parts.map(\.resources)
        let isAttached = if case .unnamed = parts[0].principals { false } else { true }
        // A resource's policy says `*` for the resource itself, an identity's for every resource.
        if resources.isEmpty, isAttached, patterns.allSatisfy(\.areEveryResource) { return [.attached] }
        var found: [[Unicode.Scalar]] = []
        let asked =
            resources.isEmpty
            ? parts.flatMap { $0.resources.listed }.filter { !$0.hasVariables && (!isAttached || !$0.isEveryResource) }
                + (isAttached ? [] : [PolicyPattern("arn:aws:*:::*")])
            : resources
        for pattern in asked.prefix(256) {
            for candidate in instances(of: pattern, patterns, denies.map(\.resources)) where found.count < 24 {
                let isMeant = Truth.all(patterns.map { $0.include(candidate, &effort) })
                if isMeant == .true, !found.contains(candidate) { found.append(candidate) }
            }
        }
        return found.map(Target.named)
    }

    // MARK: Denials

    /// Whether a Deny is about the attempt, its conditions aside.
    mutating func applies(_ deny: PolicyDocument.Statement, _ attempt: Attempt, _ caller: Caller) -> Truth {
        let principal = deny.principals.include(caller, trust)
        if principal == .false { return .false }
        let action = deny.actions.include(attempt.action, &effort)
        if action == .false { return .false }
        let resource: Truth =
            switch attempt.resource {
            case .any: .true
            case .attached: deny.resources.areEveryResource ? .true : .unknown
            case .named(let name): deny.resources.areEveryResource ? .true : deny.resources.include(name, &effort)
            }
        return Truth.all([principal, action, resource])
    }

    // MARK: What the request carries

    /// Whether a request of the caller can meet all conditions, and at the same time fail one of each denial.
    mutating func context(
        for caller: Caller, meeting asked: [PolicyCondition], escaping denials: [[PolicyCondition]]
    ) -> Bool {
        let prospect = PolicyProspect(standings: standings, caller: caller, freshAccount: freshAccount)
        var required: [PolicyCondition] = []
        for condition in asked {
            switch prospect.outcome(of: condition, &effort) {
            case .true: break
            case .false: return false
            case .unknown:
                guard condition.fault == nil else { return false }
                required.append(condition)
            }
        }
        var open: [[PolicyCondition]] = []
        for denial in denials {
            var undecided: [PolicyCondition] = []
            var isEscaped = false
            for condition in denial {
                let outcome = prospect.outcome(of: condition, &effort)
                if outcome == .false { isEscaped = true }
                if outcome == .unknown, condition.fault == nil { undecided.append(condition) }
            }
            if isEscaped { continue }
            if undecided.isEmpty { return false }
            open.append(undecided)
        }
        let search = ContextSearch(prospect, required: required, denials: open, &effort)
        return search.map { $0.isPossible(&effort) } ?? false
    }
}

extension PolicyPattern {
    /// Texts that it matches.
    var instances: [[Unicode.Scalar]] {
        guard hasWildcards else { return [scalars] }
        if let arns = arnInstances { return arns }
        return ["parapet0", "x"].map { Array(filled($0).unicodeScalars) }
    }
}
