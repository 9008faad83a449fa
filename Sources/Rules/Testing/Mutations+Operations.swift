internal import Documents

extension Mutations {
    /// Changes of one operator or of its operand.
    func mutations(of operation: Operation, at place: MutationPlace) -> [Mutation<Operation>] {
        switch operation.argument {
        case .flag(let flag): return [operation.changed(.flag(!flag), "\(flag)", "\(!flag)", place.decides)]
        case .operand(let operand): return operands(operation, operand, place)
        case .quantified(let condition, let binding):
            let inner = mutations(of: condition, in: place.scope.element(at: place.path))
            return quantifiers(operation, place)
                + inner.map { $0.map { operation.with(.quantified($0, binding: binding)) } }
        case .count(let condition, let comparisons): return counts(operation, condition, comparisons, place)
        case .duration(let duration): return durations(operation, duration, place)
        case .cidrClass(let own):
            return CIDRClass.allCases.filter { $0 != own }.map { other in
                operation.changed(
                    .cidrClass(other), own.rawValue, other.rawValue,
                    "a test in which `\(place.path.text)` is \(other.rawValue) or \(own.rawValue), not both")
            }
        case .grants(let query): return grants(operation, query)
        case .lookup(let reference, let condition):
            return mutations(of: condition, in: place.scope.cell).map {
                $0.map { operation.with(.lookup(reference, $0)) }
            }
        case .blocks(let blocks): return addresses(operation, blocks, place)
        case .prefixLength(let query): return prefixes(operation, query, place)
        case .ingress(let query): return ingresses(operation, query, place)
        default: return []
        }
    }

    /// Whether the operator has mutants that are true where it is false; one that has none is negated.
    func hasOpposite(_ operation: Operation) -> Bool {
        switch operation.argument {
        case .flag, .quantified, .count, .duration, .cidrClass, .lookup, .blocks, .prefixLength: return true
        case .operand(let operand):
            switch operation.name {
            case .eq, .ne, .in, .notIn, .lt, .lte, .gt, .gte, .startsWith, .endsWith: return true
            case .olderThan, .newerThan, .before, .after, .within, .overlaps: return true
            case .coversAny, .coversAll: return operand.count != 1
            default: return false
            }
        default: return false
        }
    }

    private func quantifiers(_ operation: Operation, _ place: MutationPlace) -> [Mutation<Operation>] {
        let quantifiers: [OperatorName] = [.some, .every, .none]
        return quantifiers.filter { $0 != operation.name }.map { other in
            let hint =
                operation.name != .none && other != .none
                ? "a test in which some elements of `\(place.path.text)` meet the condition, and some do not"
                : "a test with elements of `\(place.path.text)` that decide"
            return operation.renamed(other, hint)
        }
    }

    private func durations(
        _ operation: Operation, _ duration: Operation.Duration, _ place: MutationPlace
    ) -> [Mutation<Operation>] {
        let flipped = ageFlipped(operation, place)
        let moved = duration.neighbours.map { other in
            // Neither operator holds at its own limit.
            let telling = (operation.name == .olderThan) == (other.seconds > duration.seconds) ? other : duration
            return operation.changed(
                .duration(other), duration.text, other.text,
                "a test in which `\(place.path.text)` is exactly \(telling.text) old")
        }
        return [flipped] + moved
    }

    func ageFlipped(_ operation: Operation, _ place: MutationPlace) -> Mutation<Operation> {
        operation.renamed(operation.name == .olderThan ? .newerThan : .olderThan, place.decides)
    }

    private func counts(
        _ operation: Operation, _ condition: Condition?, _ comparisons: [(name: OperatorName, operand: Operand)],
        _ place: MutationPlace
    ) -> [Mutation<Operation>] {
        var found: [Mutation<Operation>] = []
        if let condition {
            let change = MutationChange(
                at: condition.span, "`where` of `count` was dropped",
                hint: "a test with elements of `\(place.path.text)` that do not meet it")
            found.append(Mutation(operation.with(.count(nil, comparisons)), change))
            found += mutations(of: condition, in: place.scope.element(at: place.path)).map {
                $0.map { operation.with(.count($0, comparisons)) }
            }
        }
        for index in comparisons.indices {
            let comparison = comparisons[index]
            if comparisons.count > 1 {
                let change = MutationChange(
                    at: operation.span, "`\(comparison.name.rawValue)` of `count` was dropped",
                    hint: "a test in which, of what is asked of the count, it alone does not hold")
                found.append(Mutation(operation.with(.count(condition, comparisons.removing(at: index))), change))
            }
            let single = Operation(
                name: comparison.name, argument: .operand(comparison.operand), span: operation.span)
            let changed = numbers(single, comparison.operand, from: 0) { number in
                "a test with \(number) in `\(place.path.text)`" + (condition == nil ? "" : " that count")
            }
            found += changed.compactMap { mutation in
                guard case .operand(let operand) = mutation.subject.argument else { return nil }
                return mutation.map {
                    operation.with(.count(condition, comparisons.replacing(at: index, with: ($0.name, operand))))
                }
            }
        }
        return found
    }
}

extension MutationPlace {
    /// The hint where all that is needed is a test that looks at the place.
    var decides: String { "a test whose verdict rests on `\(path.text)`" }
}

extension Operation {
    func with(_ argument: Argument) -> Operation { Operation(name: name, argument: argument, span: span) }

    func changed(_ argument: Argument, _ own: String, _ other: String, _ hint: String) -> Mutation<Operation> {
        Mutation(
            with(argument),
            MutationChange(at: span, "`\(name.rawValue): \(own)` became `\(other)`", hint: hint))
    }

    func renamed(_ other: OperatorName, _ hint: String) -> Mutation<Operation> {
        Mutation(
            Operation(name: other, argument: argument, span: span),
            MutationChange(at: span, "`\(name.rawValue)` became `\(other.rawValue)`", hint: hint))
    }
}

extension Operation.Duration {
    /// A unit less, and a unit more.
    var neighbours: [Operation.Duration] {
        guard let unit = text.last, let number = Int64(text.dropLast()) else { return [] }
        return [number - 1, number + 1].compactMap { Operation.Duration("\($0)\(unit)") }
    }
}

extension Operand {
    /// How many values a literal has; nil where only the evaluation tells.
    var count: Int? {
        guard case .literal(let literal) = self else { return nil }
        return literal.array?.count ?? 1
    }
}
