/// What `allows` asks of a policy document.
public struct GrantQuery: Sendable {
    /// `anyone`: a statement that names everybody. Nil: whoever the policy belongs to.
    public enum Principal: String, Sendable, CaseIterable {
        case anyone
    }

    /// Which conditions of a statement let it count.
    public enum Conditions: String, Sendable, CaseIterable {
        /// Whatever its conditions.
        case any
        /// Only statements without conditions.
        case none
        /// Statements whose conditions leave nobody out.
        case notRestricting = "not_restricting"
    }

    public var principal: Principal?
    /// Action patterns: one of them granted is enough.
    public var actions: [String]
    public var conditions: Conditions
}

extension PolicyDocument {
    /// Whether the policy grants what is asked for, and which condition keys could not be judged.
    func grants(_ query: GrantQuery) -> (truth: Truth, unjudged: [String]) {
        var result = Truth.false
        var unjudged: [String] = []
        for statement in statements where statement.allows {
            guard query.principal == nil || statement.principals.includesAnyone else { continue }
            let actions = query.actions.map { $0.lowercased() }.filter { statement.actions.overlaps($0) }
            let granted = actions.filter { action in !isDenied(action, of: statement) }
            guard !granted.isEmpty else { continue }
            switch counts(statement, query.conditions, &unjudged) {
            case .true: return (.true, [])
            case .unknown: result = .unknown
            case .false: break
            }
        }
        return (result, unjudged)
    }

    private func counts(_ statement: Statement, _ conditions: GrantQuery.Conditions, _ unjudged: inout [String])
        -> Truth
    {
        switch conditions {
        case .any: return .true
        case .none: return Truth(statement.conditions.isEmpty)
        case .notRestricting:
            let restrictions = statement.conditions.map { ($0.key, $0.restrictsCallers) }
            let restricts = Truth.any(restrictions.map(\.1))
            if restricts == .unknown { unjudged += restrictions.filter { $0.1 == .unknown }.map(\.0) }
            return !restricts
        }
    }

    /// Whether a Deny for everybody takes the action away again.
    private func isDenied(_ action: String, of grant: Statement) -> Bool {
        let granted = grant.actions.overlapping(action)
        return statements.contains { statement in
            guard !statement.allows else { return false }
            // What is granted of the action lies within both the action and the grant's patterns.
            let hitsActions =
                statement.actions.covers(action) || !granted.isEmpty && granted.allSatisfy(statement.actions.covers)
            let hitsAnyone =
                statement.principals.includesAnyone
                || { if case .unnamed = statement.principals { true } else { false } }()
            let hitsResources =
                switch (grant.resources, statement.resources) {
                case (.listed(let wanted), let denied): wanted.allSatisfy { denied.covers($0) }
                case (.allBut, let denied): denied.covers("*")
                }
            let always = statement.conditions.isEmpty || statement.conditions.allSatisfy(\.deniesAllButNamed)
            return hitsActions && hitsAnyone && hitsResources && always
        }
    }

    /// Whether the policy grants everything on everything. Conditions do not make an administrator less of one.
    var grantsAdministration: Bool {
        let deniesAll = statements.contains {
            !$0.allows && $0.conditions.isEmpty && $0.actions.covers("*:*") && $0.resources.covers("*")
        }
        guard !deniesAll else { return false }
        return statements.contains { statement in
            guard statement.allows, case .listed(let actions) = statement.actions,
                actions.contains(where: { Glob.matches($0, "*:*") })
            else { return false }
            switch statement.resources {
            case .listed(let patterns): return patterns.contains(where: Self.isEverything)
            case .allBut: return true
            }
        }
    }

    /// Whether a pattern stands for all resources: `*`, `arn:*`, `arn:aws:*:*`.
    private static func isEverything(_ pattern: String) -> Bool {
        Glob.matches(pattern, "*")
            || ["aws", "aws-cn", "aws-us-gov"].contains { Glob.covers(pattern, "arn:\($0):*:*:*:*") }
    }
}
