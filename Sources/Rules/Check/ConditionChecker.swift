internal import Documents
internal import Resources

/// Checks the paths, operators and operands of conditions against types.
struct ConditionChecker {
    /// What paths are relative to.
    enum Scope {
        case resource(ResourceType)
        case value(Schema)
    }

    let catalog: ResourceCatalog
    let fragments: [String: Fragment]
    let parameters: [Rule.Parameter]
    /// The resource that is judged: where references start.
    let root: ResourceType
    var diagnostics: FileDiagnostics
    /// Names given with `as`, and what they stand for.
    private(set) var bindings: [String: Scope] = [:]

    init(
        catalog: ResourceCatalog, fragments: [String: Fragment], parameters: [Rule.Parameter], root: ResourceType,
        diagnostics: FileDiagnostics
    ) {
        self.root = root
        self.catalog = catalog
        self.fragments = fragments
        self.parameters = parameters
        self.diagnostics = diagnostics
    }

    mutating func check(_ condition: Condition, _ scope: Scope) {
        switch condition {
        case .all(let parts), .any(let parts): for part in parts { check(part, scope) }
        case .not(let inner): check(inner, scope)
        case .use(let name, let span): checkUse(name, span, scope)
        case .test(let test): check(test, scope)
        }
    }

    private mutating func checkUse(_ name: String, _ span: Span, _ scope: Scope) {
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
    private func uses(_ wanted: String, from condition: Condition, seen: Set<String>) -> Bool {
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

    private mutating func check(_ test: Condition.Test, _ scope: Scope) {
        switch test.path.kind {
        case .related(let name): checkRelated(name, test, scope)
        case .range(let from, let to):
            for segments in [from, to] {
                guard let schema = resolve(segments, test.path, scope) else { continue }
                if schema != .integer, schema != .any {
                    diagnostics.error(
                        "rule/operator-type",
                        "a range needs whole numbers; `\(segments.joined(separator: "."))` is \(schema.kind)",
                        at: test.path.span)
                }
            }
            for operation in test.operations where operation.name.subject != .range {
                diagnostics.error(
                    "rule/operator-type", "`\(operation.name.rawValue)` is no operator on a range", at: operation.span,
                    help: "one of: covers_any, covers_all, inside")
            }
            for operation in test.operations { checkOperand(operation, .list(.integer)) }
        case .tag, .region, .account:
            guard case .resource = scope else {
                diagnostics.error(
                    "rule/path", "`\(test.path.text)` belongs to a resource, not to a value in it", at: test.path.span)
                return
            }
            for operation in test.operations { check(operation, .text(values: []), test) }
        case .this:
            guard case .value(let schema) = scope else {
                diagnostics.error(
                    "rule/path", "`this` names an element of a list; here is the whole resource", at: test.path.span)
                return
            }
            for operation in test.operations { check(operation, schema, test) }
        case .members(let segments):
            guard let schema = resolve(segments, test.path, scope) else { return }
            for operation in test.operations { check(operation, schema, test) }
        }
    }

    private mutating func checkRelated(_ name: String, _ test: Condition.Test, _ scope: Scope) {
        guard case .resource(let type) = scope else {
            diagnostics.error("rule/path", "relations start at a resource, not at a value in it", at: test.path.span)
            return
        }
        guard let relation = catalog.relation(name, of: type.name) else {
            diagnostics.error(
                "rule/unknown-relation", "\(type.name) has no relation `\(name)`", at: test.path.span,
                help: suggestion(for: name, among: catalog.relations(of: type.name).map(\.name))
                    ?? "it has no relations")
            return
        }
        guard let target = catalog[relation.target] else { return }
        for operation in test.operations {
            switch operation.argument {
            case .quantified(let condition, let binding):
                if let binding { bindings[binding] = .resource(target) }
                check(condition, .resource(target))
            case .count(let condition, let comparisons):
                if let condition { check(condition, .resource(target)) }
                checkComparisons(comparisons, operation)
            case .flag where operation.name == .exists || operation.name == .absent: break
            default:
                diagnostics.error(
                    "rule/operator-type", "`\(operation.name.rawValue)` is no operator on resources",
                    at: operation.span,
                    help: "one of: some, every, none, count, exists, absent")
            }
        }
    }

    // MARK: Paths

    private mutating func resolve(_ segments: [String], _ path: Path, _ scope: Scope) -> Schema? {
        var current: Schema
        let place: String
        switch scope {
        case .resource(let type): (current, place) = (type.schema, type.name)
        case .value(let schema): (current, place) = (schema, "the element")
        }
        var walked: [String] = []
        for segment in segments {
            switch current {
            case .structure(let members):
                guard let next = members[segment] else {
                    let parent = walked.isEmpty ? place : "`\(walked.joined(separator: "."))`"
                    diagnostics.error(
                        "rule/unknown-path", "\(parent) has no member `\(segment)`", at: path.span,
                        help: suggestion(for: segment, among: Array(members.keys)))
                    return nil
                }
                current = next
            case .map(let value): current = value
            case .any, .policyDocument: current = .any
            case .list:
                diagnostics.error(
                    "rule/missing-quantifier", "`\(walked.joined(separator: "."))` is a list", at: path.span,
                    help:
                        "write `\(walked.joined(separator: ".")): {some: {\(segments.dropFirst(walked.count).joined(separator: ".")): ...}}`, or `every`, `none`, `count`"
                )
                return nil
            default:
                diagnostics.error(
                    "rule/unknown-path", "`\(walked.joined(separator: "."))` is \(current.kind) and has no members",
                    at: path.span)
                return nil
            }
            walked.append(segment)
        }
        return current
    }

    // MARK: Operators

    private mutating func check(_ operation: Operation, _ schema: Schema, _ test: Condition.Test) {
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
            let element = Self.element(of: schema)
            if let binding { bindings[binding] = .value(element) }
            check(condition, .value(element))
        case .count(let condition, let comparisons):
            if let condition { check(condition, .value(Self.element(of: schema))) }
            checkComparisons(comparisons, operation)
        default: checkOperand(operation, schema)
        }
    }

    /// Within what has no schema, such as a policy document, elements have none either.
    private static func element(of schema: Schema) -> Schema {
        if case .list(let element) = schema { element } else { .any }
    }

    private mutating func checkComparisons(
        _ comparisons: [(name: OperatorName, operand: Operand)], _ operation: Operation
    ) {
        for comparison in comparisons {
            checkOperand(
                Operation(name: comparison.name, argument: .operand(comparison.operand), span: operation.span), .integer
            )
        }
    }

    private func accepts(_ operation: Operation, _ schema: Schema) -> Bool {
        if schema == .any { return true }
        switch operation.name.subject {
        case .anything: return true
        case .list: if case .list = schema { return true } else { return false }
        case .policyDocument: return schema == .policyDocument
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

    private mutating func checkOperand(_ operation: Operation, _ schema: Schema) {
        guard case .operand(let operand) = operation.argument else { return }
        switch operand {
        case .parameter(let name, let span):
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                diagnostics.error(
                    "rule/parameter", "the rule has no parameter `\(name)`", at: span,
                    help: suggestion(for: name, among: parameters.map(\.name)))
                return
            }
            if operation.name.takesList != (parameter.value.array != nil) {
                let wanted = operation.name.takesList ? "a list" : "a single value"
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` takes \(wanted), not \(parameter.value.kind)",
                    at: span)
            } else if let fault = fault(of: parameter.value, schema, operation.name) {
                diagnostics.error("rule/operand", "the parameter `\(name)` does not fit: \(fault.message)", at: span)
            }
        case .reference(let path): checkReference(path, operation, schema)
        case .literal(let literal):
            if operation.name == .inside, literal.array?.count != 2 {
                diagnostics.error("rule/operand", "`inside` takes the two ends of a range", at: operation.span)
            }
            for value in literal.array ?? [literal] {
                guard let fault = fault(of: value, schema, operation.name) else { continue }
                diagnostics.error("rule/operand", fault.message, at: operation.span, help: fault.help)
            }
        }
    }

    /// The first fault of an operand's values, seen as values or elements of the type.
    private func fault(of operand: JSON, _ schema: Schema, _ name: OperatorName) -> (message: String, help: String?)? {
        var element = schema
        if case .list(let inner) = schema { element = inner }
        return (operand.array ?? [operand]).lazy.compactMap { Self.fault(of: $0, as: element, name) }.first
    }

    private mutating func checkReference(_ path: Path, _ operation: Operation, _ schema: Schema) {
        guard case .members(let segments) = path.kind else {
            diagnostics.error(
                "rule/path", "`\(path.text)` is no member: a reference names a value in the resource's document",
                at: path.span)
            return
        }
        guard let found = resolve(segments, path, .resource(root)), found != .any, schema != .any else { return }
        var (value, wanted) = (found, schema)
        if operation.name.takesList {
            guard case .list(let element) = found else {
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` takes a list; `\(path.text)` is \(found.kind)",
                    at: path.span)
                return
            }
            value = element
        }
        if case .list(let element) = schema { wanted = element }
        if value.kind != wanted.kind, !(value.isNumeric && wanted.isNumeric) {
            diagnostics.error(
                "rule/operand", "\(wanted.kind) cannot be compared with `\(path.text)`, which is \(value.kind)",
                at: path.span)
        }
    }

    private static func fault(of value: JSON, as schema: Schema, _ name: OperatorName) -> (
        message: String, help: String?
    )? {
        switch schema {
        case .text(let known):
            guard let text = value.string else {
                return ("the value is text; \(value.text()) is \(value.kind)", "put it in quotes: \"\(value.text())\"")
            }
            let isExact = [OperatorName.eq, .ne, .in, .notIn].contains(name)
            if isExact, !known.isEmpty, !known.contains(text) {
                return ("`\(text)` is none of the values that AWS returns here", suggestion(for: text, among: known))
            }
            return nil
        case .boolean:
            return value.bool == nil
                ? (
                    "the value is true or false; \(value.text()) is \(value.kind)",
                    value.string == nil ? nil : "write it without quotes"
                ) : nil
        case .integer:
            return value.integer == nil ? ("the value is a whole number; \(value.text()) is \(value.kind)", nil) : nil
        case .number:
            return value.number == nil ? ("the value is a number; \(value.text()) is \(value.kind)", nil) : nil
        case .timestamp:
            return value.string.flatMap { Timestamp($0) } == nil
                ? ("\(value.text()) is no timestamp", "write 2026-01-15T00:00:00Z") : nil
        default: return nil
        }
    }

    // MARK: Templates

    mutating func check(_ template: Template, in rule: Rule, _ type: ResourceType) {
        for place in template.places where !["region", "account", "id", "arn"].contains(place) {
            guard let segments = Path.segments(place), let first = segments.first else {
                diagnostics.error("rule/template", "`{\(place)}` is not a path", at: rule.idSpan)
                continue
            }
            if first == "param" {
                if segments.count != 2 || !parameters.contains(where: { $0.name == segments[1] }) {
                    diagnostics.error("rule/template", "`{\(place)}` names no parameter", at: rule.idSpan)
                }
                continue
            }
            let path = Path(place, span: rule.idSpan) ?? Path(kind: .this, text: place, span: rule.idSpan)
            if let scope = bindings[first] {
                if segments.count > 1 { _ = resolve(Array(segments.dropFirst()), path, scope) }
            } else {
                _ = resolve(segments, path, .resource(type))
            }
        }
    }
}

extension Schema {
    fileprivate var isNumeric: Bool { self == .integer || self == .number }
}
