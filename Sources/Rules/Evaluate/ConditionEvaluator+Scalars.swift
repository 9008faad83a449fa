internal import Documents
internal import Resources

extension ConditionEvaluator {
    /// The value of an operand; nil for a reference that leads nowhere.
    func value(of operand: Operand) -> JSON? {
        switch operand {
        case .literal(let value): return value
        case .parameter(let name, _): return parameters[name]
        case .reference(let path):
            guard case .members(let segments) = path.kind, case .value(let cursor) = root.lookup(segments),
                cursor.uncollectedBelow == nil
            else { return nil }
            return cursor.value
        }
    }

    /// Applies an operator that looks at one value.
    func scalar(_ operation: Operation, _ cursor: Cursor) -> Decision {
        func decided(_ truth: Bool) -> Decision { Decision(Truth(truth), on: cursor) }
        func bad(_ wanted: String) -> Decision { .unknown(cursor.cause(.badValue, "is not \(wanted)")) }
        switch operation.argument {
        case .cidrClass(let kind):
            guard let block = cursor.value.string.flatMap(AddressBlock.init) else { return bad("an address block") }
            switch kind {
            case .world: return decided(block.isWorld)
            case .private: return decided(block.isPrivate)
            case .public: return decided(!block.isPrivate)
            }
        case .duration(let duration):
            guard let moment = cursor.value.string.flatMap({ Timestamp($0) }) else { return bad("a timestamp") }
            let age = context.now.microseconds - moment.microseconds
            let limit = duration.seconds * 1_000_000
            return decided(operation.name == .olderThan ? age > limit : age < limit)
        case .grants(let query):
            guard let document = PolicyDocument(cursor.value) else { return bad("a policy document") }
            let (truth, unjudged) = document.grants(query)
            guard truth == .unknown else { return Decision(truth, on: cursor) }
            return Decision(.unknown) { witnesses in
                for key in unjudged {
                    witnesses.add(cursor.cause(.policy, "the condition key `\(key)` cannot be judged"))
                }
            }
        case .flag(let wanted):
            guard let document = PolicyDocument(cursor.value) else { return bad("a policy document") }
            return decided(document.grantsAdministration == wanted)
        case .operand(let operand):
            guard let value = value(of: operand) else {
                return .unknown(cursor.cause(.badValue, "is compared with a value that is not there"))
            }
            if operation.name.subject == .scalar, let schema = schemaThatExcludes(cursor, compared: value) {
                return bad(schema.kind)
            }
            guard let truth = Self.compare(operation.name, cursor.value, value) else {
                return bad(Self.wanted(operation.name))
            }
            return Decision(truth, on: cursor)
        case .quantified, .count: return bad("a list")
        }
    }

    /// The type of the place, where the value is not of it. A value of the operand's own type is not looked at twice:
    /// the checker has seen to that.
    private func schemaThatExcludes(_ cursor: Cursor, compared operand: JSON) -> Schema? {
        let operands = operand.array ?? [operand]
        guard !operands.contains(where: { $0.kind == cursor.value.kind }),
            let schema = context.catalog[cursor.resource.type]?.schema[pointer: cursor.pointer]
        else { return nil }
        return schema.accepts(cursor.value) ? nil : schema
    }

    private static func wanted(_ name: OperatorName) -> String {
        switch name.subject {
        case .ordered: "of a type that has an order"
        case .timestamp: "a timestamp"
        case .list: "a list"
        default: "text"
        }
    }

    /// Nil where the value is not of the operator's type.
    private static func compare(_ name: OperatorName, _ value: JSON, _ operand: JSON) -> Truth? {
        switch name {
        case .eq: return Truth(value == operand)
        case .ne: return Truth(value != operand)
        case .in: return operand.array.map { Truth($0.contains(value)) }
        case .notIn: return operand.array.map { Truth(!$0.contains(value)) }
        case .lt, .lte, .gt, .gte: return order(value, operand).map { Truth(holds(name, $0)) }
        case .before, .after:
            guard let left = value.string.flatMap({ Timestamp($0) }),
                let right = operand.string.flatMap({ Timestamp($0) })
            else { return nil }
            return Truth(name == .before ? left < right : left > right)
        case .glob: return texts(value, operand).map { Truth(Glob.matches($0.1, $0.0)) }
        case .startsWith: return texts(value, operand).map { Truth($0.0.utf8.starts(with: $0.1.utf8)) }
        case .endsWith:
            return texts(value, operand).map { Truth($0.0.utf8.reversed().starts(with: $0.1.utf8.reversed())) }
        case .contains:
            if let list = value.array { return Truth(list.contains(operand)) }
            return texts(value, operand).map { Truth(containsBytes($0.0, $0.1)) }
        case .subsetOf: return lists(value, operand).map { pair in Truth(pair.0.allSatisfy(pair.1.contains)) }
        case .supersetOf: return lists(value, operand).map { pair in Truth(pair.1.allSatisfy(pair.0.contains)) }
        case .intersects: return lists(value, operand).map { pair in Truth(pair.0.contains(where: pair.1.contains)) }
        default: return nil
        }
    }

    private static func holds(_ name: OperatorName, _ order: Int) -> Bool {
        switch name {
        case .lt: order < 0
        case .lte: order <= 0
        case .gt: order > 0
        default: order >= 0
        }
    }

    /// Negative, zero or positive for numbers and timestamps.
    private static func order(_ left: JSON, _ right: JSON) -> Int? {
        if let a = left.integer, let b = right.integer { return a < b ? -1 : a == b ? 0 : 1 }
        if let a = left.number, let b = right.number { return a < b ? -1 : a == b ? 0 : 1 }
        if let a = left.string.flatMap({ Timestamp($0) }), let b = right.string.flatMap({ Timestamp($0) }) {
            return a < b ? -1 : a == b ? 0 : 1
        }
        return nil
    }

    private static func texts(_ left: JSON, _ right: JSON) -> (String, String)? {
        guard let a = left.string, let b = right.string else { return nil }
        return (a, b)
    }

    private static func lists(_ left: JSON, _ right: JSON) -> ([JSON], [JSON])? {
        guard let a = left.array, let b = right.array else { return nil }
        return (a, b)
    }

    private static func containsBytes(_ text: String, _ part: String) -> Bool {
        let text = Array(text.utf8)
        let part = Array(part.utf8)
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    // MARK: Ranges

    /// Applies an operator to the range between two members.
    func decide(_ operation: Operation, from: [String], to: [String], _ cursor: Cursor) -> Decision {
        var bounds: [Cursor] = []
        for segments in [from, to] {
            switch cursor.lookup(segments) {
            case .unknown(let cause): return .unknown(cause)
            case .absent(let place): return .unknown(place.cause(.absent, "absent"))
            case .value(let place): bounds.append(place)
            }
        }
        guard let low = bounds[0].value.integer, let high = bounds[1].value.integer else {
            return .unknown(bounds[0].cause(.badValue, "is not a whole number"))
        }
        guard case .operand(let operand) = operation.argument, let list = value(of: operand)?.array,
            case let numbers = list.compactMap(\.integer), numbers.count == list.count
        else { return .unknown(cursor.cause(.badValue, "is compared with something else than whole numbers")) }
        let inside = { (number: Int64) in low <= number && number <= high }
        let truth =
            switch operation.name {
            case .coversAny: numbers.contains(where: inside)
            case .coversAll: numbers.allSatisfy(inside)
            default: numbers.count == 2 && numbers[0] <= low && high <= numbers[1]
            }
        return Decision(Truth(truth)) { witnesses in
            for bound in bounds { witnesses.add(bound.evidence) }
        }
    }
}
