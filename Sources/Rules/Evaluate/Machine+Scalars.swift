internal import Documents

extension Machine {
    /// What a node compares with; nil for a reference that leads nowhere.
    func operand(_ operand: NodeOperand) -> TapeValue? {
        switch operand {
        case .literal(let position): return constants.at(Int(position))
        case .reference(let slot):
            guard case .value(let value) = readSlot(slot),
                state.pointee.root?.hasHidden != true || !value.hidesSomething
            else { return nil }
            return value
        case .none, .number, .entry: return nil
        }
    }

    /// An operator that looks at one value as a whole.
    func decideScalar(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        if hidesSomething(value, in: scope) { return unknown(.hiddenBelow) }
        switch node.opcode {
        case .allows, .denies, .admin, .escalates: return decidePolicy(node, value, scope)
        case .addressClass, .within, .overlaps, .prefixLength: return decideAddress(node, value)
        case .coversWorld: return decideCoverage(value)
        case .ingress:
            let answer = ingress(node, value, explaining: false)
            if answer.truth == .unknown { state.pointee.problem = .network }
            return answer.truth
        case .lookup: return decideLookup(node, value, scope)
        case .olderThan, .newerThan:
            guard value.kind == .string, let moment = Timestamp(utf8: value.text) else {
                return unknown(.badValue("is not a timestamp"))
            }
            guard case .number(let limit) = node.operand else { return unknown(.badOperand) }
            let age = now.microseconds - moment.microseconds
            return Truth(node.opcode == .olderThan ? age > limit : age < limit)
        case .matches:
            guard case .entry(let index) = node.operand else { return unknown(.badOperand) }
            guard value.kind == .string else { return unknown(.badValue("is not text")) }
            return Truth(program.patterns[Int(index)].matches(value.text))
        default: return compare(node, value, scope)
        }
    }

    private func compare(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        guard let operand = operand(node.operand) else { return unknown(.noOperand) }
        switch node.opcode {
        case .equal, .unequal, .oneOf, .noneOf:
            guard node.accepted.contains(KindSet(value.kind)) else {
                return unknown(.badValue("is not \(wanted(node))"))
            }
            switch node.opcode {
            case .equal: return Truth(value.equals(operand))
            case .unequal: return Truth(!value.equals(operand))
            default:
                guard operand.kind == .array else { return unknown(.badOperand) }
                return Truth(operand.hasElement(value) == (node.opcode == .oneOf))
            }
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let order = Self.order(value, operand) else {
                return unknown(.badValue("is not of a type that has an order"))
            }
            switch node.opcode {
            case .less: return Truth(order < 0)
            case .lessOrEqual: return Truth(order <= 0)
            case .greater: return Truth(order > 0)
            default: return Truth(order >= 0)
            }
        case .before, .after:
            guard value.kind == .string, operand.kind == .string, let left = Timestamp(utf8: value.text),
                let right = Timestamp(utf8: operand.text)
            else { return unknown(.badValue("is not a timestamp")) }
            return Truth(node.opcode == .before ? left < right : left > right)
        case .contains where value.kind == .array: return Truth(value.hasElement(operand))
        case .glob, .startsWith, .endsWith, .contains:
            guard value.kind == .string, operand.kind == .string else { return unknown(.badValue("is not text")) }
            return Truth(Self.compareText(node.opcode, value.text, operand.text))
        case .subset, .superset, .intersects:
            guard value.kind == .array, operand.kind == .array else { return unknown(.badValue("is not a list")) }
            switch node.opcode {
            case .subset: return Truth(value.areElements(of: operand))
            case .superset: return Truth(operand.areElements(of: value))
            default: return Truth(value.sharesElement(with: operand))
            }
        default: return unknown(.badValue("is not text"))
        }
    }

    private func wanted(_ node: Node) -> String {
        // The type in words: of what the schema has here, the operand's own kinds left out.
        let kinds: [(KindSet, String)] = [
            (.boolean, "true or false"), (.integer, "a whole number"), (.string, "text"), (.number, "a number"),
        ]
        return kinds.first { node.accepted.contains($0.0) }?.1 ?? "of the type that AWS returns here"
    }

    private static func compareText(
        _ opcode: Opcode, _ text: UnsafeBufferPointer<UInt8>, _ operand: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        switch opcode {
        case .glob: text.matches(glob: operand)
        case .startsWith: text.hasPrefix(operand)
        case .endsWith: text.hasSuffix(operand)
        default: text.contains(operand)
        }
    }

    /// Negative, zero or positive for numbers and timestamps.
    private static func order(_ left: TapeValue, _ right: TapeValue) -> Int? {
        if left.kind == .integer, right.kind == .integer {
            return left.integer < right.integer ? -1 : left.integer == right.integer ? 0 : 1
        }
        if let a = left.double, let b = right.double { return a < b ? -1 : a == b ? 0 : 1 }
        if left.kind == .string, right.kind == .string, let a = Timestamp(utf8: left.text),
            let b = Timestamp(utf8: right.text)
        {
            return a < b ? -1 : a == b ? 0 : 1
        }
        return nil
    }

    private func decideLookup(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        guard case .entry(let index) = node.operand else { return unknown(.badOperand) }
        guard value.kind == .string else { return unknown(.badValue("is not text")) }
        let lookup = program.lookups[Int(index)]
        guard let cell = lookup.cells[Array(value.text)] else {
            return unknown(.badValue("is not in the table \(lookup.table)"))
        }
        return truth(
            children[Int(node.firstChild)],
            Scope(base: constants.at(Int(cell)), resource: scope.resource, isRoot: false))
    }

    // MARK: Ranges

    /// An operator on the range between two members.
    func decideRange(_ node: Node, _ scope: Scope) -> Truth {
        var bounds: (Int64, Int64) = (0, 0)
        for (location, isLow) in [(node.location, true), (node.upper, false)] {
            switch read(location, scope) {
            case .hidden: return unknown(.hidden)
            case .blocked(let ancestor): return unknown(.notStructure(ancestor.json.kind))
            case .absent: return unknown(.absent)
            case .value(let value):
                guard value.kind == .integer else { return unknown(.badValue("is not a whole number")) }
                if isLow { bounds.0 = value.integer } else { bounds.1 = value.integer }
            }
        }
        guard let numbers = operand(node.operand), numbers.kind == .array else { return unknown(.noOperand) }
        var elements = numbers.children
        var (some, every, count) = (false, true, 0)
        var ends: (Int64, Int64) = (0, 0)
        while let number = elements.next() {
            guard number.kind == .integer else { return unknown(.badOperand) }
            let isInside = bounds.0 <= number.integer && number.integer <= bounds.1
            some = some || isInside
            every = every && isInside
            if count == 0 { ends.0 = number.integer } else { ends.1 = number.integer }
            count += 1
        }
        switch node.opcode {
        case .coversAny: return Truth(some)
        case .coversAll: return Truth(every)
        default: return Truth(count == 2 && ends.0 <= bounds.0 && bounds.1 <= ends.1)
        }
    }

    // MARK: Hidden values

    private func hidesSomething(_ value: TapeValue, in scope: Scope) -> Bool {
        scope.resource.pointee.hasHidden && value.hidesSomething
    }
}
