internal import Documents

extension Machine {
    /// `some`, `every` and `none` over the elements of a list.
    func decideEach(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        guard value.kind == .array else { return unknown(.badValue("is \(value.json.kind), not a list")) }
        var elements = value.children
        // The truth of one element that decides: false for `every`, true for the others.
        let decisive: Truth = node.opcode == .every ? .false : .true
        var isUnknown = false
        while let element = elements.next() {
            let truth = truth(of: node, element, scope)
            if truth == decisive { return node.opcode == .some ? .true : .false }
            if truth == .unknown { isUnknown = true }
        }
        if isUnknown { return .unknown }
        return node.opcode == .some ? .false : .true
    }

    /// The truth of a quantifier's condition on one element.
    func truth(of node: Node, _ element: TapeValue, _ scope: Scope) -> Truth {
        if element.kind == .hidden { return unknown(.hidden) }
        return truth(
            children[Int(node.firstChild)], Scope(base: element, resource: scope.resource, isRoot: false))
    }

    func decideCount(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        guard value.kind == .array else { return unknown(.badValue("is \(value.json.kind), not a list")) }
        var least: Int64 = 0
        var most: Int64 = 0
        var elements = value.children
        while let element = elements.next() {
            switch node.childCount == 0 ? .true : truth(of: node, element, scope) {
            case .true:
                least += 1
                most += 1
            case .unknown: most += 1
            case .false: break
            }
        }
        return compare(least...most, node)
    }

    /// Compares a number that is known to lie in a range.
    func compare(_ number: ClosedRange<Int64>, _ node: Node) -> Truth {
        guard case .entry(let index) = node.operand else { return unknown(.badOperand) }
        return Truth.all(
            program.comparisons[Int(index)].lazy.map { comparison -> Truth in
                guard let bound = self.operand(comparison.operand), bound.kind == .integer else {
                    return self.unknown(.badOperand)
                }
                return Self.compare(number, comparison.opcode, bound.integer)
            })
    }

    private static func compare(_ number: ClosedRange<Int64>, _ opcode: Opcode, _ bound: Int64) -> Truth {
        let (least, most) = (number.lowerBound, number.upperBound)
        switch opcode {
        case .equal: return least == most ? Truth(least == bound) : number.contains(bound) ? .unknown : .false
        case .unequal: return least == most ? Truth(least != bound) : number.contains(bound) ? .unknown : .true
        case .less: return most < bound ? .true : least < bound ? .unknown : .false
        case .lessOrEqual: return most <= bound ? .true : least <= bound ? .unknown : .false
        case .greater: return least > bound ? .true : most > bound ? .unknown : .false
        default: return least >= bound ? .true : most >= bound ? .unknown : .false
        }
    }

    // MARK: Relations

    func decideRelated(_ node: Node, _ scope: Scope) -> Truth {
        guard let relations else {
            state.pointee.isDeferred = true
            return .unknown
        }
        let found: RelationTargets
        switch relations.targets(of: program.relations[Int(node.location.index)], from: scope.resource.pointee) {
        case .failure(let gap): return unknown(.relation(gap.cause))
        case .success(let targets): found = targets
        }
        switch node.opcode {
        case .exists:
            if found.resources.isEmpty, let missing = found.missing.first { return unknown(.relation(missing)) }
            return Truth(found.resources.isEmpty != node.flag)
        case .some, .every, .none:
            let decisive: Truth = node.opcode == .every ? .false : .true
            var isUnknown = false
            for target in found.resources {
                let truth = truth(of: node, target, relations)
                if truth == decisive { return node.opcode == .some ? .true : .false }
                if truth == .unknown { isUnknown = true }
            }
            if let missing = found.missing.first { return unknown(.relation(missing)) }
            if isUnknown { return .unknown }
            return node.opcode == .some ? .false : .true
        case .count:
            var least: Int64 = 0
            var most = Int64(found.missing.count)
            for target in found.resources {
                switch node.childCount == 0 ? .true : truth(of: node, target, relations) {
                case .true:
                    least += 1
                    most += 1
                case .unknown: most += 1
                case .false: break
                }
            }
            return compare(least...most, node)
        default: return unknown(.badValue("is a relation, on which the operator says nothing"))
        }
    }

    /// The truth of a quantifier's condition on a related resource.
    func truth(of node: Node, _ target: Int, _ relations: any RelationSource) -> Truth {
        state.pointee.depth += 1
        defer { state.pointee.depth -= 1 }
        return relations.withResource(target, depth: state.pointee.depth) { view in
            withUnsafePointer(to: view) { pointer in
                truth(
                    children[Int(node.firstChild)], Scope(base: view.config, resource: pointer, isRoot: false))
            }
        } ?? .unknown
    }
}
