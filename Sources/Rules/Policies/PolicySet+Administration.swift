extension PolicySet {
    /// Whether everything is granted on everything, by the documents and by the boundary.
    ///
    /// Conditions do not make an administrator less of one, and a Deny of some actions does not either; one without
    /// conditions that spares only actions that it names does.
    func judgeAdministration() -> PolicyAnswer {
        var effort = Effort()
        var doubts = Doubts()
        var granting: [PolicyAnswer.Place] = []
        var truth = Truth.true
        for (statements, isBoundary) in [(statements, false), (boundary ?? [], true)]
        where !isBoundary || boundary != nil {
            let judged = statements.map { ($0, $0.grantsEverything(besides: statements, &effort)) }
            let granted = Truth.any(judged.map(\.1))
            for (statement, truth) in judged where truth == .unknown && granted == .unknown {
                doubts.add(all: statement)
            }
            for (statement, truth) in judged where truth == .true && !isBoundary {
                statement.place.map { granting.append($0) }
            }
            truth = Truth.all([truth, granted])
        }
        guard truth != .false else { return PolicyAnswer(truth: .false) }
        for deny in denies {
            switch deny.deniesEverything(&effort) {
            case .true: return PolicyAnswer(truth: .false)
            case .unknown:
                truth = .unknown
                doubts.add(all: deny)
            case .false: break
            }
        }
        if effort.isSpent { doubts.add("the policy documents are too large to be judged") }
        return truth == .true
            ? doubts.answer(otherwise: .true, Array(granting.prefix(16))) : doubts.answer(otherwise: truth)
    }
}

extension PolicyPrincipals {
    /// Whether it is certain that somebody is meant.
    fileprivate var areReadable: Bool {
        switch self {
        case .unnamed: true
        case .unreadable: false
        case .named(let entries): entries.contains { if case .unreadable = $0 { false } else { true } }
        case .allBut(let entries): !entries.contains { if case .unreadable = $0 { true } else { false } }
        }
    }
}

extension Doubts {
    /// All that could not be read of a statement.
    mutating func add(all statement: PolicyDocument.Statement) {
        add(statement)
        if case .unreadable(let reason) = statement.principals { add(reason) }
        for case .unreadable(let reason) in statement.principals.entries { add(reason) }
        let faults = [statement.actions.fault, statement.resources.fault] + statement.conditions.map(\.fault)
        for reason in faults.compactMap({ $0 }) { add(reason) }
    }
}

extension PolicyDocument.Statement {
    private static let anyAction = PolicyPattern("*:*")

    /// Whether all actions on all resources are allowed, where need be by others of the statements.
    fileprivate func grantsEverything(besides others: [PolicyDocument.Statement], _ effort: inout Effort) -> Truth {
        guard mayAllow else { return .false }
        let isWhole = resources.fault == nil ? Truth(isOfEveryResource) : .unknown
        if isWhole == .false { return .false }
        let allActions: Truth
        switch actions {
        case .unreadable: allActions = .unknown
        case .listed(let patterns): allActions = Truth(patterns.contains { Self.isEveryAction($0, &effort) })
        case .allBut(let excepted):
            allActions = Truth(
                excepted.allSatisfy { pattern in
                    others.contains { other in
                        guard other.effect == .allow, other.isOfEveryResource, case .listed = other.actions else {
                            return false
                        }
                        return other.actions.cover(pattern, &effort)
                    }
                })
        }
        let isReadable: Truth =
            effect == .allow && !conditions.contains { $0.fault != nil } && principals.areReadable ? .true : .unknown
        return Truth.all([isWhole, allActions, isReadable])
    }

    /// Exceptions aside.
    private var isOfEveryResource: Bool {
        if case .allBut = resources { true } else { resources.areEveryResource }
    }

    private static func isEveryAction(_ pattern: PolicyPattern, _ effort: inout Effort) -> Bool {
        effort.run { Glob.matches(pattern.scalars, anyAction.scalars, &$0) } ?? false
    }

    /// Whether all actions, but for some that are named, are denied on all resources to all.
    fileprivate func deniesEverything(_ effort: inout Effort) -> Truth {
        guard mayDeny, !conditions.contains(where: { $0.fault == nil }) else { return .false }
        let allActions: Truth =
            switch actions {
            case .unreadable: .unknown
            case .listed: Truth(actions.cover(Self.anyAction, &effort))
            case .allBut(let excepted): Truth(!excepted.contains { $0.covers(Self.anyAction, &effort) })
            }
        let allResources: Truth = resources.fault == nil ? Truth(resources.areEveryResource) : .unknown
        let everybody = principals.include(Caller(kind: .holder), Trust())
        let isReadable: Truth = effect == .deny && conditions.isEmpty ? .true : .unknown
        return Truth.all([allActions, allResources, everybody, isReadable])
    }
}
