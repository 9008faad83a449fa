internal import Documents

/// Looks for a request that policies allow.
///
/// True needs one: a caller, an action, a resource and what the request carries, for which a statement allows and none
/// denies. False needs a proof: each statement that allows leaves the callers, the actions or the resources out, has a
/// condition that none of the callers can meet, or has all that it grants taken back. All else is unknown.
struct GrantSearch {
    let set: PolicySet
    let query: GrantQuery
    let trust: Trust
    let standings: Standings
    let actions: [PolicyPattern]
    let resources: [PolicyPattern]
    let denies: [PolicyDocument.Statement]
    /// Accounts that stand in the policies: whom strangers could be taken for.
    let namedAccounts: [String]
    let freshAccount: String
    let lacks: Set<String>
    var effort: Effort
    var doubts = Doubts()

    /// `looksPastResources`: whether `conditions: any` looks past conditions on what is called, and on unknown keys.
    init(
        _ set: PolicySet, _ query: GrantQuery, _ trust: Trust, looksPastResources: Bool = true,
        effort: Effort = Effort()
    ) {
        self.effort = effort
        let set = trust.account.isEmpty ? set : set.resolvingResourceAccount(trust.account)
        self.set = set
        self.query = query
        self.trust = trust
        standings = Standings(query, trust, looksPastResources: looksPastResources)
        actions = query.actions.map { PolicyPattern(PolicyDocument.folded($0)) }
        resources = query.resources.map { PolicyPattern($0) }
        denies = set.denies
        lacks = Set(query.lacks.map { PolicyDocument.folded($0) })
        namedAccounts = set.accounts
        let taken = Set(namedAccounts).union(trust.accounts).union([trust.account])
        freshAccount =
            (0...taken.count).lazy.map { "\(999_999_999_990 - $0)" }.first { !taken.contains($0) } ?? "999999999999"
    }

    mutating func grants() -> PolicyAnswer {
        var witnesses: [PolicyAnswer.Place] = []
        for statement in set.statements where statement.mayAllow {
            for bound in set.boundary?.filter(\.mayAllow).map(Optional.some) ?? [nil] {
                guard mayGrant(statement, within: bound) else { continue }
                if certainlyGrants(statement, within: bound) {
                    if witnesses.count < 16, let place = statement.place, !witnesses.contains(place) {
                        witnesses.append(place)
                    }
                } else if witnesses.isEmpty {
                    addDoubts(about: statement, within: bound)
                }
            }
            if effort.isSpent { break }
        }
        if !witnesses.isEmpty { return PolicyAnswer(truth: .true, statements: witnesses) }
        if effort.isSpent { doubts.add("the policy documents are too large to be judged") }
        return doubts.answer(otherwise: .false)
    }

    // MARK: Which statements count

    /// Whether a statement counts, by the query's conditions and lacks.
    mutating func counts(_ statement: PolicyDocument.Statement) -> Truth {
        if query.conditions == .none, !statement.conditions.isEmpty {
            return statement.conditions.contains { $0.fault != nil } ? .unknown : .false
        }
        guard !lacks.isEmpty else { return .true }
        return !Truth.any(
            statement.conditions.map { condition in
                if condition.fault != nil { return .unknown }
                return lacks.contains(condition.key) ? condition.restricts(&effort) : .false
            })
    }

    // MARK: The proof that nothing is granted

    private mutating func mayGrant(_ statement: PolicyDocument.Statement, within bound: PolicyDocument.Statement?)
        -> Bool
    {
        guard counts(statement) != .false else { return false }
        let callers = callers(of: statement)
        guard !callers.isEmpty else { return false }
        guard let cells = cells(statement, bound) else { return true }
        guard !cells.isEmpty else { return false }
        let asked = statement.conditions + (bound?.conditions ?? [])
        return callers.contains { caller in
            let prospect = PolicyProspect(standings: standings, caller: caller, freshAccount: freshAccount)
            guard !asked.contains(where: { prospect.outcome(of: $0, &effort) == .false }) else { return false }
            let denying = denies.filter { deny in
                deny.principals.include(caller, trust) == .true
                    && deny.conditions.allSatisfy { condition in
                        prospect.outcome(of: condition, &effort) == .true || asked.contains { $0.isSame(as: condition) }
                    }
            }
            return cells.contains { cell in
                !denying.contains { deny in
                    cell.actions.contains { deny.actions.cover($0, &effort) }
                        && cell.resources.contains {
                            deny.resources.areEveryResource || deny.resources.cover($0, &effort)
                        }
                }
            }
        }
    }

    /// What a statement could grant of what is asked for. What is granted lies within each of a cell's action patterns,
    /// and within each of its resource patterns.
    private struct Cell {
        var actions: [PolicyPattern]
        var resources: [PolicyPattern]
    }

    private static let maximumCells = 4_096

    /// Nil where there are too many.
    private mutating func cells(_ statement: PolicyDocument.Statement, _ bound: PolicyDocument.Statement?) -> [Cell]? {
        let parts = [statement] + (bound.map { [$0] } ?? [])
        var actionCells: [[PolicyPattern]] = actions.map { [$0] }
        var resourceCells: [[PolicyPattern]] = resources.isEmpty ? [[PolicyPattern("*")]] : resources.map { [$0] }
        for part in parts {
            actionCells = actionCells.flatMap { split($0, part.actions) }
            resourceCells = resourceCells.flatMap { split($0, part.resources) }
            guard actionCells.count * resourceCells.count <= Self.maximumCells else { return nil }
        }
        return actionCells.flatMap { actions in
            resourceCells.map { Cell(actions: actions, resources: $0) }
        }
    }

    private mutating func split(_ cell: [PolicyPattern], _ patterns: PolicyPatterns) -> [[PolicyPattern]] {
        guard cell.allSatisfy({ patterns.overlap($0, &effort) }) else { return [] }
        guard case .listed(let listed) = patterns else { return [cell] }
        return listed.compactMap { pattern in
            cell.allSatisfy { pattern.overlaps($0, &effort) } ? cell + [pattern] : nil
        }
    }

    // MARK: Why it is not known

    private mutating func addDoubts(about statement: PolicyDocument.Statement, within bound: PolicyDocument.Statement?)
    {
        let before = doubts.reasons.count
        doubts.add(statement)
        let parts = [statement] + (bound.map { [$0] } ?? [])
        for part in parts { addDoubts(about: part, isDeny: false) }
        for deny in denies where mayConcern(deny, statement) { addDoubts(about: deny, isDeny: true) }
        guard doubts.reasons.count == before, doubts.reasons.isEmpty else { return }
        let keys = Set(parts.flatMap(\.conditions).map(\.key)).sorted().map { "`\($0)`" }
        let concerned = denies.contains { mayConcern($0, statement) }
        doubts.add(
            concerned
                ? "whether a `Deny` takes away what is granted cannot be told"
                : keys.isEmpty
                    ? "whether the statement grants anything cannot be told"
                    : "whether the conditions on \(keys.joined(separator: ", ")) hold together cannot be told")
    }

    private mutating func mayConcern(_ deny: PolicyDocument.Statement, _ statement: PolicyDocument.Statement) -> Bool {
        actions.contains { deny.actions.overlap($0, &effort) }
    }

    mutating func addDoubts(about part: PolicyDocument.Statement, isDeny: Bool) {
        for reason in [part.actions.fault, part.resources.fault].compactMap({ $0 }) { doubts.add(reason) }
        if case .unreadable(let reason) = part.principals { doubts.add(reason) }
        for entry in part.principals.entries { entry.doubt(of: query, trust).map { doubts.add($0) } }
        if case .unnamed = part.principals, !isDeny, query.principal != nil || !query.named.isEmpty {
            doubts.add("the statement names no `Principal`")
        }
        let callers = callers(of: part)
        for condition in part.conditions {
            if let fault = condition.fault {
                doubts.add(fault)
            } else if query.conditions != .any || query.principal == .external || !standings.looksPastResources,
                ConditionKeys.key(condition.key) == nil
            {
                doubts.add("the condition key `\(PolicyFault.quoted(condition.key))` is in no table")
            } else if condition.values.contains(where: \.hasVariables) {
                doubts.add("the condition key `\(condition.key)` is compared with a policy variable")
            } else if callers.contains(where: { caller in
                let prospect = PolicyProspect(standings: standings, caller: caller, freshAccount: freshAccount)
                if case .free = standings.standing(of: condition.key, for: caller) { return false }
                return prospect.outcome(of: condition, &effort) == .unknown
            }) {
                doubts.add("whether the condition on `\(condition.key)` holds cannot be told")
            }
        }
        for pattern in part.resources.listed + part.resources.excepted where pattern.hasVariables {
            doubts.add("the resource `\(PolicyFault.quoted(pattern.text))` holds a policy variable")
        }
    }
}

extension PolicyPrincipal {
    /// Why it is not known whether the principal is one that is asked for.
    func doubt(of query: GrantQuery, _ trust: Trust) -> String? {
        switch self {
        case .unreadable(let reason): return reason
        case .canonicalUser(let id) where query.principal == .external || query.principal == .account:
            return "the account of the canonical user `\(PolicyFault.quoted(id))` is not known"
        case .uniqueID(let id) where query.principal == .external || query.principal == .account:
            return "the account of the principal `\(PolicyFault.quoted(id))` is not known"
        case .account, .identity:
            guard query.principal == .external || query.principal == .account, trust.account.isEmpty else { return nil }
            return "the resource's own account is not known"
        default: return nil
        }
    }
}
