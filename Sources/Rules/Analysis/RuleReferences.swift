/// The fragments and tables that a rule uses, directly and through fragments.
public struct RuleReferences: Sendable {
    public private(set) var fragments: Set<String> = []
    public private(set) var tables: Set<String> = []

    public init(_ rule: Rule, fragments: [String: Fragment]) {
        if let applicability = rule.applicability { add(applicability, fragments) }
        add(rule.condition, fragments)
    }

    private mutating func add(_ condition: Condition, _ known: [String: Fragment]) {
        switch condition {
        case .all(let parts), .any(let parts): for part in parts { add(part, known) }
        case .not(let inner): add(inner, known)
        case .use(let name, _):
            if self.fragments.insert(name).inserted, let fragment = known[name] { add(fragment.condition, known) }
        case .test(let test): for operation in test.operations { add(operation, known) }
        }
    }

    private mutating func add(_ operation: Operation, _ known: [String: Fragment]) {
        switch operation.argument {
        case .quantified(let inner, _): add(inner, known)
        case .lookup(let reference, let inner):
            tables.insert(reference.table)
            add(inner, known)
        case .count(let inner, let comparisons):
            if let inner { add(inner, known) }
            for comparison in comparisons { add(comparison.operand) }
        case .operand(let operand): add(operand)
        case .flag, .duration, .cidrClass, .blocks, .prefixLength, .coversWorld, .ingress, .grants: break
        }
    }

    private mutating func add(_ operand: Operand) {
        if case .column(let reference) = operand { tables.insert(reference.table) }
    }
}
