internal import Documents
internal import Resources

/// Makes mutants: copies of rules and fragments with one small change each, in reading order. What is easily seen to mean
/// the same as the original, or as another mutant, is left out.
struct Mutations {
    let catalog: ResourceCatalog

    func mutants(of rule: Rule) -> [Mutation<Rule>] {
        let scope = MutationScope(rule.resources.first ?? "", in: catalog)
        var mutants = types(rule) + settings(rule)
        if let applicability = rule.applicability {
            mutants.append(
                rule.mutated(
                    MutationChange(
                        at: applicability.span, "`where` was dropped",
                        hint: "a test that expects `not_applicable`, on a resource that would not pass")
                ) { $0.applicability = nil })
            mutants += mutations(of: applicability, in: scope).map { mutation in
                rule.mutated(mutation.change) { $0.applicability = mutation.subject }
            }
        }
        let other: Rule.Polarity = rule.polarity == .failWhen ? .passWhen : .failWhen
        mutants.append(
            rule.mutated(
                MutationChange(
                    at: rule.condition.span, "`\(rule.polarity.rawValue)` became `\(other.rawValue)`",
                    hint: "a test that expects `pass`, or one that expects `fail`")
            ) { $0.polarity = other })
        mutants += mutations(of: rule.condition, in: scope).map { mutation in
            rule.mutated(mutation.change) { $0.condition = mutation.subject }
        }
        return mutants
    }

    func mutants(of fragment: Fragment) -> [Mutation<Condition>] {
        mutations(of: fragment.condition, in: MutationScope(fragment.resource, in: catalog))
    }

    /// A rule of several types needs a test of each.
    private func types(_ rule: Rule) -> [Mutation<Rule>] {
        guard rule.resources.count > 1, rule.resources.count == rule.resourceSpans.count else { return [] }
        return rule.resources.indices.map { index in
            let type = rule.resources[index]
            let change = MutationChange(
                at: rule.resourceSpans[index], "`\(type)` was dropped", hint: "a test with `type: \(type)`")
            return rule.mutated(change) {
                $0.resources.remove(at: index)
                $0.resourceSpans.remove(at: index)
            }
        }
    }

    /// Changes of what parameters are by default, and of `on_unknown`.
    private func settings(_ rule: Rule) -> [Mutation<Rule>] {
        var mutants: [Mutation<Rule>] = []
        for index in rule.parameters.indices {
            let parameter = rule.parameters[index]
            guard let span = rule.span(ofParameter: parameter.name) else { continue }
            let values =
                switch parameter.kind {
                case .duration:
                    parameter.value.string.flatMap { Operation.Duration($0) }?.neighbours.map { JSON.string($0.text) }
                        ?? []
                case .integer, .number, .boolean, .string, .strings, .integers: neighbours(of: parameter.value, in: nil)
                }
            for value in values where parameter.fault(in: value) == nil {
                let change = MutationChange(
                    at: span,
                    "the default of `\(parameter.name)` became `\(value.text())`",
                    hint: "a test that does not set `\(parameter.name)`, for which `\(parameter.value.text())` decides")
                mutants.append(rule.mutated(change) { $0.parameters[index].value = value })
            }
        }
        if rule.onUnknown == .fail {
            let change = MutationChange(
                at: rule.idSpan, "`on_unknown` became `report`",
                hint: "a test with something that was `!uncollected`, which expects `fail`")
            mutants.append(rule.mutated(change) { $0.onUnknown = .report })
        }
        return mutants
    }
}

extension Rule {
    fileprivate func mutated(_ change: MutationChange, _ body: (inout Rule) -> Void) -> Mutation<Rule> {
        var copy = self
        body(&copy)
        return Mutation(copy, change)
    }

    /// Where a parameter is used first; nil for one that is not.
    fileprivate func span(ofParameter name: String) -> Span? {
        let tests = (applicability?.tests ?? []) + condition.tests
        let operands = tests.flatMap(\.operations).flatMap { operation -> [Operand] in
            switch operation.argument {
            case .operand(let operand): [operand]
            case .count(_, let comparisons): comparisons.map(\.operand)
            default: []
            }
        }
        for case .parameter(let used, let span) in operands where used.hasSameBytes(as: name) { return span }
        return nil
    }
}

extension Condition {
    /// Where it starts.
    var span: Span {
        switch self {
        case .all(let parts), .any(let parts): parts.first?.span ?? Span(line: 1, column: 1)
        case .not(let inner): inner.span
        case .use(_, let span): span
        case .test(let test): test.span
        }
    }

    /// All tests in it, those within quantifiers too.
    var tests: [Test] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        case .not(let inner): inner.tests
        case .use: []
        case .test(let test): [test] + test.inner.flatMap(\.tests)
        }
    }

    /// The fragments that it names itself.
    var uses: [String] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.uses)
        case .not(let inner): inner.uses
        case .use(let name, _): [name]
        case .test(let test): test.inner.flatMap(\.uses)
        }
    }
}

extension Condition.Test {
    /// The conditions of its quantifiers.
    fileprivate var inner: [Condition] {
        operations.compactMap { operation in
            switch operation.argument {
            case .quantified(let condition, _), .count(let condition?, _): condition
            default: nil
            }
        }
    }
}
