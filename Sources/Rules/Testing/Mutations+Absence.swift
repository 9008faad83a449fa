internal import Documents

extension Mutations {
    /// Changes of `if_absent`.
    func absences(of test: Condition.Test, in scope: MutationScope) -> [Mutation<Condition>] {
        guard let standIn = test.ifAbsent,
            !test.operations.allSatisfy({ $0.name == .exists || $0.name == .absent })
        else { return [] }
        let isPlain = test.operations.allSatisfy { $0.literal != nil }
        let hint = "a test without `\(test.path.text)`" + (isPlain ? "" : ", for which `\(standIn.text())` decides")
        var found: [Mutation<Condition>] = []
        func add(_ other: JSON?, _ description: String) {
            var copy = test
            copy.ifAbsent = other
            found.append(Mutation(.test(copy), MutationChange(at: test.span, description, hint: hint)))
        }
        if !isImplied(standIn, test, scope) { add(nil, "`if_absent: \(standIn.text())` was dropped") }
        for other in others(standIn, test) {
            add(other, "`if_absent: \(standIn.text())` became `\(other.text())`")
        }
        return found
    }

    /// Whether the same stands in without `if_absent`.
    private func isImplied(_ standIn: JSON, _ test: Condition.Test, _ scope: MutationScope) -> Bool {
        if test.operations.allSatisfy({ $0.name.subject == .list }) { return standIn.array?.isEmpty == true }
        return scope.default(at: test.path) == standIn
    }

    /// Values with another outcome. Where the operands are known, the nearest one; any other says the same.
    private func others(_ standIn: JSON, _ test: Condition.Test) -> [JSON] {
        let literals = test.operations.compactMap(\.literal)
        guard literals.count == test.operations.count, let outcome = Self.outcome(standIn, test.operations) else {
            return standIn.string == nil ? neighbours(of: standIn, in: nil) : []
        }
        let values = literals.flatMap { $0.array ?? [$0] }
        let near = values + values.flatMap { neighbours(of: $0, in: nil) } + neighbours(of: standIn, in: nil)
        return near.first { Self.outcome($0, test.operations) == !outcome }.map { [$0] } ?? []
    }

    /// Whether all operations hold of a value; nil where that is not as plain.
    private static func outcome(_ value: JSON, _ operations: [Operation]) -> Bool? {
        var result = true
        for operation in operations {
            guard let literal = operation.literal, let holds = holds(value, operation.name, literal) else { return nil }
            result = result && holds
        }
        return result
    }

    private static func holds(_ value: JSON, _ name: OperatorName, _ literal: JSON) -> Bool? {
        switch name {
        case .eq: value == literal
        case .ne: value != literal
        case .in: literal.array?.contains(value)
        case .notIn: literal.array.map { !$0.contains(value) }
        case .lt, .lte, .gt, .gte:
            value.integer.flatMap { number in literal.integer.map { holds(number, name, $0) } }
        default: nil
        }
    }
}

extension Operation {
    /// What it compares with, where that stands in the rule.
    fileprivate var literal: JSON? {
        guard case .operand(.literal(let literal)) = argument else { return nil }
        return literal
    }
}
