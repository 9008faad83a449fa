internal import Documents

extension Mutations {
    func mutations(of condition: Condition, in scope: MutationScope) -> [Mutation<Condition>] {
        switch condition {
        case .all(let parts):
            return junction(
                parts, Words(own: "all", other: "any", dropped: "does not hold"), scope, own: Condition.all,
                other: Condition.any)
        case .any(let parts):
            return junction(
                parts, Words(own: "any", other: "all", dropped: "holds"), scope, own: Condition.any,
                other: Condition.all)
        case .not(let inner):
            let change = MutationChange(
                at: inner.span, "`not` was dropped", hint: "a test whose verdict rests on \(inner.label)")
            return [Mutation(inner, change)] + mutations(of: inner, in: scope).map { $0.map(Condition.not) }
        // A fragment has mutants of its own.
        case .use: return []
        case .test(let test): return mutations(of: test, in: scope)
        }
    }

    private struct Words {
        var own: String
        var other: String
        /// What is true of the one part that decides.
        var dropped: String
    }

    private func junction(
        _ parts: [Condition], _ words: Words, _ scope: MutationScope, own: ([Condition]) -> Condition,
        other: ([Condition]) -> Condition
    ) -> [Mutation<Condition>] {
        var found: [Mutation<Condition>] = []
        if parts.count > 1, let first = parts.first {
            let change = MutationChange(
                at: first.span, "`\(words.own)` became `\(words.other)`",
                hint: "a test in which some of the \(parts.count) conditions hold, and some do not")
            found.append(Mutation(other(parts), change))
        }
        for index in parts.indices {
            if parts.count > 1 {
                let change = MutationChange(
                    at: parts[index].span, "\(parts[index].label) was dropped",
                    hint: "a test in which, of the \(parts.count), it alone \(words.dropped)")
                found.append(Mutation(own(parts.removing(at: index)), change))
            }
            found += mutations(of: parts[index], in: scope).map { $0.map { own(parts.replacing(at: index, with: $0)) } }
        }
        return found
    }

    private func mutations(of test: Condition.Test, in scope: MutationScope) -> [Mutation<Condition>] {
        var found: [Mutation<Condition>] = []
        for index in test.operations.indices {
            let operation = test.operations[index]
            if test.operations.count > 1 {
                let change = MutationChange(
                    at: operation.span, "`\(operation.name.rawValue)` was dropped",
                    hint: "a test in which, of what is asked of `\(test.path.text)`, it alone does not hold")
                found.append(Mutation(.test(test.with(test.operations.removing(at: index))), change))
            }
            let place = MutationPlace(path: test.path, scope: scope)
            found += mutations(of: operation, at: place).map { mutation in
                mutation.map { .test(test.with(test.operations.replacing(at: index, with: $0))) }
            }
            if !hasOpposite(operation) { found.append(negation(of: index, in: test)) }
        }
        return found + documents(of: test) + absences(of: test, in: scope)
    }

    private func negation(of index: Int, in test: Condition.Test) -> Mutation<Condition> {
        let operation = test.operations[index]
        let change = MutationChange(
            at: operation.span, "`\(operation.name.rawValue)` became `not` `\(operation.name.rawValue)`",
            hint: "a test whose verdict rests on `\(test.path.text)`")
        let negated = Condition.not(.test(test.with([operation])))
        let others = test.operations.removing(at: index)
        return Mutation(others.isEmpty ? negated : .all([.test(test.with(others)), negated]), change)
    }
}

/// What an operation looks at.
struct MutationPlace {
    var path: Path
    var scope: MutationScope
}

extension Condition {
    /// The condition in words.
    fileprivate var label: String {
        switch self {
        case .all: "the `all`"
        case .any: "the `any`"
        case .not: "the `not`"
        case .use(let name, _): "`use: \(name)`"
        case .test(let test): "the condition on `\(test.path.text)`"
        }
    }
}

extension Condition.Test {
    fileprivate func with(_ operations: [Operation]) -> Self {
        var copy = self
        copy.operations = operations
        return copy
    }
}

extension Array {
    func removing(at index: Int) -> [Element] {
        var copy = self
        copy.remove(at: index)
        return copy
    }

    func replacing(at index: Int, with element: Element) -> [Element] {
        var copy = self
        copy[index] = element
        return copy
    }
}
