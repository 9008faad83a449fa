internal import Documents
internal import Resources

extension ConditionEvaluator {
    /// Applies one operator of a test.
    func decide(_ operation: Operation, of test: Condition.Test, _ cursor: Cursor) -> Decision {
        switch test.path.kind {
        case .related(let name): return decide(operation, relation: name, cursor)
        case .range(let from, let to): return decide(operation, from: from, to: to, cursor)
        case .this: return decide(operation, at: lookupThis(cursor), test)
        case .members(let segments): return decide(operation, at: cursor.lookup(segments), test)
        case .tag(let key):
            let place = cursor.envelope(["tags", key], cursor.resource.tags[key].map(JSON.string) ?? .null)
            if let code = cursor.resource.uncollected["tags"] {
                return .unknown(cursor.cause(.uncollected, code, at: "tags"))
            }
            return decide(operation, at: place.value.isNull ? .absent(place) : .value(place), test)
        case .region:
            return decide(operation, at: .value(cursor.envelope(["region"], .string(cursor.resource.region))), test)
        case .account:
            return decide(operation, at: .value(cursor.envelope(["account"], .string(cursor.resource.account))), test)
        }
    }

    private func lookupThis(_ cursor: Cursor) -> Lookup {
        if let code = cursor.uncollectedCode { return .unknown(cursor.cause(.uncollected, code)) }
        return cursor.value.isNull ? .absent(cursor) : .value(cursor)
    }

    private func decide(_ operation: Operation, at lookup: Lookup, _ test: Condition.Test) -> Decision {
        switch (lookup, operation.argument) {
        case (.unknown(let cause), _): return .unknown(cause)
        case (.value(let cursor), .flag(let wanted)) where operation.name == .exists:
            return Decision(Truth(wanted), on: cursor)
        case (.value(let cursor), .flag(let wanted)) where operation.name == .absent:
            return Decision(Truth(!wanted), on: cursor)
        case (.absent(let cursor), .flag(let wanted)) where operation.name == .exists:
            return Decision(Truth(!wanted), on: cursor)
        case (.absent(let cursor), .flag(let wanted)) where operation.name == .absent:
            return Decision(Truth(wanted), on: cursor)
        case (.value(let cursor), _): return apply(operation, to: cursor)
        case (.absent(let cursor), _):
            guard let meaning = meaning(ofAbsent: cursor, operation, test) else {
                return .unknown(cursor.cause(.absent, "absent"))
            }
            let decision = apply(operation, to: cursor.moved(to: meaning, []))
            // The evidence shows what AWS returned: nothing.
            return Decision(decision.truth) { $0.add(cursor.evidence) }
        }
    }

    /// What stands in for an absent value: the test's own word, the empty list for operators on lists, the manifest's default.
    private func meaning(ofAbsent cursor: Cursor, _ operation: Operation, _ test: Condition.Test) -> JSON? {
        if let value = test.ifAbsent { return value }
        if operation.name.subject == .list { return .array([]) }
        let path = ValuePath(segments: cursor.pointer.filter { !($0.allSatisfy(\.isNumber) && !$0.isEmpty) })
        return context.catalog[cursor.resource.type]?.manifest.defaults[path]
    }

    private func apply(_ operation: Operation, to cursor: Cursor) -> Decision {
        switch operation.argument {
        case .quantified(let condition, let binding):
            guard case .array(let elements) = cursor.value else {
                return .unknown(cursor.cause(.badValue, "is \(cursor.value.kind), not a list"))
            }
            let cursors = elements.enumerated().map { cursor.moved(to: $1, [String($0)]) }
            return quantify(operation.name, cursors, condition, binding, whole: Decision(.true, on: cursor))
        case .count(let condition, let comparisons):
            guard case .array(let elements) = cursor.value else {
                return .unknown(cursor.cause(.badValue, "is \(cursor.value.kind), not a list"))
            }
            let cursors = elements.enumerated().map { cursor.moved(to: $1, [String($0)]) }
            return count(cursors, condition, comparisons, whole: Decision(.true, on: cursor))
        default:
            if let below = cursor.uncollectedBelow {
                return .unknown(cursor.cause(.uncollected, below.code, at: below.pointer))
            }
            return scalar(operation, cursor)
        }
    }

    // MARK: Lists

    private func quantify(
        _ name: OperatorName, _ elements: [Cursor], _ condition: Condition, _ binding: String?, whole: Decision
    ) -> Decision {
        let truths = elements.map { element in
            element.isRoot || element.uncollectedCode == nil ? truth(condition, element) : .unknown
        }
        // The value of one element that decides: true for `some` and `none`, false for `every`.
        let decisive: Truth = name == .every ? .false : .true
        let outcome: Truth =
            switch name {
            case .every: Truth.all(truths)
            case .none: !Truth.any(truths)
            default: Truth.any(truths)
            }
        return Decision(outcome) { witnesses in
            func gatherElement(_ index: Int) {
                let element = elements[index]
                if let binding { witnesses.bindings[binding] = element }
                if let code = element.uncollectedCode, !element.isRoot {
                    witnesses.add(element.cause(.uncollected, code))
                } else {
                    gather(condition, element, into: &witnesses)
                }
            }
            if let index = truths.firstIndex(of: decisive) {
                gatherElement(index)
            } else if outcome == .unknown {
                for index in truths.indices where truths[index] == .unknown { gatherElement(index) }
            } else {
                whole.gather(&witnesses)
            }
        }
    }

    private func count(
        _ elements: [Cursor], _ condition: Condition?, _ comparisons: [(name: OperatorName, operand: Operand)],
        whole: Decision
    ) -> Decision {
        let truths = elements.map { element in condition.map { truth($0, element) } ?? .true }
        let least = truths.count { $0 == .true }
        let most = least + truths.count { $0 == .unknown }
        let outcome = Truth.all(
            comparisons.map { comparison -> Truth in
                guard let bound = value(of: comparison.operand)?.integer else { return .unknown }
                let results = (least...most).map { Self.compare(comparison.name, Int64($0), bound) }
                return results.allSatisfy { $0 } ? .true : results.contains(true) ? .unknown : .false
            })
        return Decision(outcome) { witnesses in
            if outcome == .unknown, let condition {
                for (element, truth) in zip(elements, truths) where truth == .unknown {
                    gather(condition, element, into: &witnesses)
                }
            } else {
                whole.gather(&witnesses)
            }
        }
    }

    private static func compare(_ name: OperatorName, _ left: Int64, _ right: Int64) -> Bool {
        switch name {
        case .eq: left == right
        case .ne: left != right
        case .lt: left < right
        case .lte: left <= right
        case .gt: left > right
        default: left >= right
        }
    }

    // MARK: Relations

    private func decide(_ operation: Operation, relation name: String, _ cursor: Cursor) -> Decision {
        guard let relation = context.catalog[cursor.resource.type]?.relation(name) else {
            return .unknown(cursor.cause(.relation, "there is no relation `\(name)`"))
        }
        switch context.snapshot.related(relation, to: cursor.resource) {
        case .failure(let gap): return .unknown(gap.cause)
        case .success(let resources):
            let cursors = resources.map { Cursor($0) }
            let type = relation.target
            let whole = Decision(.true) { witnesses in
                witnesses.add(
                    Evidence(type: type, id: "*", pointer: "", value: .array(resources.map { .string($0.id) })))
            }
            switch operation.argument {
            case .quantified(let condition, let binding):
                return quantify(operation.name, cursors, condition, binding, whole: whole)
            case .count(let condition, let comparisons): return count(cursors, condition, comparisons, whole: whole)
            case .flag(let wanted):
                let exists = operation.name == .exists ? !resources.isEmpty : resources.isEmpty
                return Decision(Truth(exists == wanted), whole.gather)
            default:
                return .unknown(cursor.cause(.relation, "`\(operation.name.rawValue)` is no operator on resources"))
            }
        }
    }
}

extension RelationGap {
    var cause: UnknownCause {
        switch self {
        case .notCollected(let type):
            UnknownCause(kind: .relation, type: type, id: "*", pointer: "", detail: "not collected")
        case .gap(let gap): gap.cause
        }
    }
}

extension CollectionGap {
    var cause: UnknownCause {
        UnknownCause(kind: .uncollected, type: type, id: "*", pointer: "", detail: "\(code) from \(operation)")
    }
}
