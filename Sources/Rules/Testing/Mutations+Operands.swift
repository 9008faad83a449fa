internal import Documents
internal import Resources

extension Mutations {
    /// Changes of an operator that compares with a value, and of the value.
    func operands(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        let schema = place.scope.schema(at: place.path)
        switch operation.name {
        case .eq, .ne: return equality(operation, operand, place)
        case .in: return [operation.renamed(.notIn, place.decides)] + values(operation, operand, place)
        case .notIn: return [operation.renamed(.in, place.decides)] + values(operation, operand, place)
        case .lt, .lte, .gt, .gte:
            if case .literal(let literal) = operand, literal.integer == nil || schema == .number {
                return boundary(operation, place) + values(operation, operand, place)
            }
            return numbers(operation, operand, from: nil) { "a test in which `\(place.path.text)` is \($0)" }
        case .olderThan, .newerThan: return [ageFlipped(operation, place)]
        case .within: return [operation.renamed(.overlaps, place.lies)]
        case .overlaps: return [operation.renamed(.within, place.lies)]
        case .before: return [operation.renamed(.after, place.decides)] + days(operation, operand, place)
        case .after: return [operation.renamed(.before, place.decides)] + days(operation, operand, place)
        case .startsWith: return [operation.renamed(.endsWith, place.decides)] + values(operation, operand, place)
        case .endsWith: return [operation.renamed(.startsWith, place.decides)] + values(operation, operand, place)
        case .subsetOf, .supersetOf, .intersects:
            return sets(operation, operand, place) + values(operation, operand, place)
        case .coversAny, .coversAll:
            let other: OperatorName = operation.name == .coversAny ? .coversAll : .coversAny
            let hint = "a test in which `\(place.path.text)` covers some of the numbers"
            return (operand.count == 1 ? [] : [operation.renamed(other, hint)])
                + values(operation, operand, place) + moved(operation, operand, place)
        case .inside: return moved(operation, operand, place)
        case .glob, .matches: return patterns(operation, operand, place)
        case .contains: return values(operation, operand, place)
        default: return []
        }
    }

    private func equality(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        let flipped = operation.renamed(operation.name == .eq ? .ne : .eq, place.decides)
        let changed = values(operation, operand, place)
        // Where there are two values, the other one says the same as the other operator.
        if case .literal(let literal) = operand {
            if literal.bool != nil { return changed }
            if case .text(values: let known)? = place.scope.schema(at: place.path), known.count == 2 { return changed }
        }
        return [flipped] + changed
    }

    /// At the limit itself; for what is no whole number.
    private func boundary(_ operation: Operation, _ place: MutationPlace) -> [Mutation<Operation>] {
        let others: [OperatorName: OperatorName] = [.lt: .lte, .lte: .lt, .gt: .gte, .gte: .gt]
        return others[operation.name].map {
            [operation.renamed($0, "a test in which `\(place.path.text)` is exactly at the limit")]
        } ?? []
    }

    private func sets(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        let names: [OperatorName] = [.subsetOf, .supersetOf, .intersects]
        return names.filter { $0 != operation.name }.compactMap { other in
            // With one value, to have all of them is to have one of them.
            if operand.count == 1, operation.name != .subsetOf, other != .subsetOf { return nil }
            return operation.renamed(
                other, "a test in which `\(place.path.text)` has some of the values, and others beside them")
        }
    }

    /// The literal with one of its values dropped or, where it has one alone, changed.
    private func values(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        guard case .literal(let literal) = operand else { return [] }
        return neighbours(of: literal, in: place.scope.schema(at: place.path), operation.name).map { other in
            let gone = literal.array?.first { other.array?.contains($0) == false } ?? literal
            let hint =
                switch operation.name {
                case .eq, .ne, .in, .notIn: "a test in which `\(place.path.text)` is `\(gone.text())`"
                case .startsWith, .endsWith:
                    "a test in which `\(place.path.text)` has a little less than `\(gone.text())`"
                default:
                    "a test in which, of the operand of `\(operation.name.rawValue)`, `\(gone.text())` alone decides"
                }
            return operation.changed(.operand(.literal(other)), literal.text(), other.text(), hint)
        }
    }

    /// Each number of a list one down and one up.
    private func moved(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        guard case .literal(let literal) = operand, let numbers = literal.array else { return [] }
        return numbers.indices.flatMap { index in
            neighbours(of: numbers[index], in: nil).map { other in
                let changed = JSON.array(numbers.replacing(at: index, with: other))
                return operation.changed(
                    .operand(.literal(changed)), literal.text(), changed.text(),
                    "a test in which `\(place.path.text)` ends at \(numbers[index].text())")
            }
        }
    }

    private func days(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        guard case .literal(let literal) = operand, let moment = literal.string.flatMap({ Timestamp($0) }) else {
            return []
        }
        return [Int64(-86_400), 86_400].map { seconds in
            let other = JSON.string(Timestamp(seconds: moment.seconds + seconds).description)
            return operation.changed(
                .operand(.literal(other)), literal.text(), other.text(),
                "a test in which `\(place.path.text)` is within a day of \(literal.text())")
        }
    }

    /// A pattern a little narrower or wider.
    private func patterns(_ operation: Operation, _ operand: Operand, _ place: MutationPlace) -> [Mutation<Operation>] {
        guard case .literal(let literal) = operand, let text = literal.string else { return [] }
        let others = operation.name == .glob ? MutationText.globs(text) : MutationText.expressions(text)
        return others.map { other in
            operation.changed(
                .operand(.literal(.string(other))), literal.text(), JSON.string(other).text(),
                "a test in which `\(place.path.text)` matches one of the two patterns only")
        }
    }
}

/// Texts a little unlike another one.
enum MutationText {
    /// Each star taken out, each question mark made a star, and a star put at the end.
    static func globs(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var others: [String] = []
        for index in scalars.indices {
            // A star beside a star says nothing.
            if scalars[index] == "*", index + 1 == scalars.count || scalars[index + 1] != "*",
                index == 0 || scalars[index - 1] != "*"
            {
                others.append(String(scalars.removing(at: index)))
            }
            if scalars[index] == "?" { others.append(String(scalars.replacing(at: index, with: "*"))) }
        }
        if scalars.last != "*" { others.append(text + "*") }
        return others
    }

    /// The anchors taken off.
    static func expressions(_ text: String) -> [String] {
        var others: [String] = []
        if text.hasPrefix("^") { others.append(String(text.dropFirst())) }
        if text.hasSuffix("$"), !text.hasSuffix("\\$") { others.append(String(text.dropLast())) }
        return others
    }
}

extension String {
    init(_ scalars: [Unicode.Scalar]) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
