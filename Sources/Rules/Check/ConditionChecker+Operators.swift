internal import Documents
internal import Resources

extension ConditionChecker {
    mutating func check(_ operation: Operation, _ place: Element, _ test: Condition.Test) {
        let schema = place.schema
        guard accepts(operation, schema) else {
            var help: String?
            if case .list = schema { help = "put `some`, `every`, `none` or `count` on the list" }
            diagnostics.error(
                "rule/operator-type", "`\(operation.name.rawValue)` is no operator on \(schema.kind)",
                at: operation.span,
                help: help)
            return
        }
        switch operation.argument {
        case .quantified(let condition, let binding):
            let element = Self.element(of: place)
            if let binding { bindings[binding] = .value(element) }
            checkElements(condition, element)
        case .count(let condition, let comparisons):
            if let condition { checkElements(condition, Self.element(of: place)) }
            checkComparisons(comparisons, operation)
        case .lookup(let reference, let condition): checkLookup(reference, condition, operation, place)
        default: checkOperand(operation, schema)
        }
    }

    /// An absent list has no elements: within one, it is there.
    mutating func checkElements(_ condition: Condition, _ element: Element) {
        guards.append(element.path)
        check(condition, .value(element))
        guards.removeLast()
    }

    /// Within what has no schema, such as a policy document, elements have none either.
    static func element(of place: Element) -> Element {
        var element = place
        if case .list(let schema) = place.schema { element.schema = schema } else { element.schema = .any }
        return element
    }

    mutating func checkComparisons(
        _ comparisons: [(name: OperatorName, operand: Operand)], _ operation: Operation
    ) {
        for comparison in comparisons {
            checkOperand(
                Operation(name: comparison.name, argument: .operand(comparison.operand), span: operation.span), .integer
            )
        }
    }

    func accepts(_ operation: Operation, _ schema: Schema) -> Bool {
        if schema == .any { return true }
        switch operation.name.subject {
        case .anything: return true
        case .list: if case .list = schema { return true } else { return false }
        case .policyDocument: return schema == .policyDocument
        case .addresses:
            switch schema {
            case .list(.text), .list(.any): return true
            case .list(.structure(let members)): return members["CidrIp"] != nil || members["CidrIpv6"] != nil
            default: return false
            }
        case .trafficRules:
            guard case .list(.structure(let members)) = schema else { return false }
            return members["IpProtocol"] != nil && members["IpRanges"] != nil
                || members["RuleNumber"] != nil && members["RuleAction"] != nil
        case .timestamp: return schema == .timestamp
        case .range: return false
        case .ordered: return schema == .integer || schema == .number || schema == .timestamp
        case .text:
            if case .list = schema, operation.name == .contains { return true }
            if case .text = schema { return true }
            return false
        case .scalar:
            switch schema {
            case .text, .integer, .number, .boolean, .timestamp, .blob: return true
            default: return false
            }
        }
    }
}
