internal import Documents
internal import Resources

extension Mutations {
    /// Values near one: of a list of several, those with one left out; of a number, those one beside it; of text, another
    /// value of the enumeration, or the text without a letter.
    func neighbours(of value: JSON, in schema: Schema?, _ name: OperatorName? = nil) -> [JSON] {
        switch value {
        case .bool(let flag): return [.bool(!flag)]
        case .integer(let number):
            return [number.subtractingReportingOverflow(1), number.addingReportingOverflow(1)]
                .filter { !$0.overflow }.map { .integer($0.partialValue) }
        case .number(let number): return [.number(number - 1), .number(number + 1)]
        case .string(let text): return [.string(Self.other(text, schema, name))]
        case .array(let elements):
            if elements.count == 1 {
                // The numbers of ranges are moved elsewhere.
                return name?.subject == .range ? [] : neighbours(of: elements[0], in: schema, name).map { .array([$0]) }
            }
            return elements.indices.map { .array(elements.removing(at: $0)) }
        case .object, .null: return []
        }
    }

    private static func other(_ text: String, _ schema: Schema?, _ name: OperatorName?) -> String {
        if case .text(let known)? = schema, known.count > 1,
            let index = known.firstIndex(where: { $0.hasSameBytes(as: text) })
        {
            return known[(index + 1) % known.count]
        }
        if text.isEmpty { return "x" }
        let scalars = Array(text.unicodeScalars)
        return String(name == .endsWith ? Array(scalars.dropFirst()) : Array(scalars.dropLast()))
    }

    /// Changes of a comparison of whole numbers. Those that answer every number from `least` on as the original does, or as
    /// an earlier change, are left out: `gte 2` is `gt 1`.
    func numbers(
        _ operation: Operation, _ operand: Operand, from least: Int64?, _ hint: (String) -> String
    ) -> [Mutation<Operation>] {
        let names = Self.boundaries[operation.name] ?? []
        guard case .literal(let literal) = operand, let bound = literal.integer, bound.magnitude < 1 << 62 else {
            return names.map { name in
                operation.renamed(name, hint(name == .eq || name == .ne ? "not at the limit" : "exactly at the limit"))
            }
        }
        let window = max(least ?? bound - 3, bound - 3)...max(least ?? bound, bound + 3)
        var seen = [window.map { Self.holds($0, operation.name, bound) }]
        var found: [Mutation<Operation>] = []
        func add(_ name: OperatorName, _ other: Int64) {
            let answers = window.map { Self.holds($0, name, other) }
            guard !seen.contains(answers) else { return }
            let telling =
                zip(window, zip(answers, seen[0])).filter { $1.0 != $1.1 }.map(\.0)
                .min { abs($0 - bound) < abs($1 - bound) } ?? bound
            seen.append(answers)
            let text = hint("\(telling)")
            found.append(
                name == operation.name
                    ? operation.changed(.operand(.literal(.integer(other))), "\(bound)", "\(other)", text)
                    : operation.renamed(name, text))
        }
        for name in names { add(name, bound) }
        add(operation.name, bound - 1)
        add(operation.name, bound + 1)
        return found
    }

    /// What each comparison is easily mistaken for.
    private static let boundaries: [OperatorName: [OperatorName]] = [
        .lt: [.lte, .ne], .lte: [.lt, .eq], .gt: [.gte, .ne], .gte: [.gt, .eq], .eq: [.ne], .ne: [.eq],
    ]

    static func holds(_ number: Int64, _ name: OperatorName, _ bound: Int64) -> Bool {
        switch name {
        case .lt: number < bound
        case .lte: number <= bound
        case .gt: number > bound
        case .gte: number >= bound
        case .ne: number != bound
        default: number == bound
        }
    }
}
