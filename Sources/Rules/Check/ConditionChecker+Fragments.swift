internal import Documents
internal import Resources

extension ConditionChecker {
    mutating func checkUse(_ name: String, _ span: Span, _ scope: Scope) {
        guard let fragment = fragments[name] else {
            diagnostics.error(
                "rule/unknown-fragment", "there is no fragment `\(name)`", at: span,
                help: suggestion(for: name, among: Array(fragments.keys)))
            return
        }
        guard case .resource(let type) = scope, type.name == fragment.resource else {
            diagnostics.error(
                "rule/fragment-type", "the fragment `\(name)` is for \(fragment.resource)", at: span)
            return
        }
        if uses(name, from: fragment.condition, seen: []) {
            diagnostics.error("rule/fragment-cycle", "the fragment `\(name)` uses itself", at: span)
        }
    }

    /// Whether a condition leads to a fragment, through other fragments too.
    func uses(_ wanted: String, from condition: Condition, seen: Set<String>) -> Bool {
        switch condition {
        case .all(let parts), .any(let parts): return parts.contains { uses(wanted, from: $0, seen: seen) }
        case .not(let inner): return uses(wanted, from: inner, seen: seen)
        case .use(let name, _):
            // A cycle that does not come back here still never ends.
            if name == wanted || seen.contains(name) { return true }
            guard let next = fragments[name]?.condition else { return false }
            return uses(wanted, from: next, seen: seen.union([name]))
        case .test(let test):
            return test.operations.contains { operation in
                switch operation.argument {
                case .quantified(let inner, _), .count(let inner?, _): uses(wanted, from: inner, seen: seen)
                default: false
                }
            }
        }
    }
}
