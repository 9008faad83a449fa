internal import Documents
internal import Resources

/// Checks the paths, operators and operands of conditions against types.
struct ConditionChecker {
    /// What paths are relative to.
    enum Scope {
        case resource(ResourceType)
        case value(Element)

        var type: ResourceType {
            switch self {
            case .resource(let type): type
            case .value(let element): element.type
            }
        }

        /// From the resource's config, through lists.
        var path: [String] {
            if case .value(let element) = self { element.path } else { [] }
        }
    }

    /// An element of a list, or a value in it.
    struct Element {
        var schema: Schema
        /// The same with what is not collected.
        var available: Schema
        var path: [String]
        var type: ResourceType
    }

    let catalog: ResourceCatalog
    let fragments: [String: Fragment]
    let tables: [String: Table]
    let parameters: [Rule.Parameter]
    /// The resource that is judged: where references start.
    let root: ResourceType
    var diagnostics: FileDiagnostics
    /// Names given with `as`, and what they stand for.
    private(set) var bindings: [String: Scope] = [:]
    /// How many relations lead from the judged resource to here.
    private var hops = 0
    /// Paths beside which a condition asks whether they exist: there their absence is thought of.
    private var guards: [[String]] = []

    private static let mostHops = 5

    init(
        catalog: ResourceCatalog, fragments: [String: Fragment], tables: [String: Table], parameters: [Rule.Parameter],
        root: ResourceType, diagnostics: FileDiagnostics
    ) {
        self.root = root
        self.catalog = catalog
        self.fragments = fragments
        self.tables = tables
        self.parameters = parameters
        self.diagnostics = diagnostics
    }

    mutating func check(_ condition: Condition, _ scope: Scope) {
        switch condition {
        case .all(let parts), .any(let parts):
            let outer = guards
            guards += parts.flatMap { Self.existenceTests($0, scope) }
            for part in parts { check(part, scope) }
            guards = outer
        case .not(let inner): check(inner, scope)
        case .use(let name, let span): checkUse(name, span, scope)
        case .test(let test): check(test, scope)
        }
    }

    /// The paths whose existence a condition asks for.
    static func existenceTests(_ condition: Condition, _ scope: Scope) -> [[String]] {
        switch condition {
        case .test(let test):
            guard case .members(let segments) = test.path.kind,
                test.operations.contains(where: { $0.name == .exists || $0.name == .absent })
            else { return [] }
            return [scope.path + segments]
        case .all(let parts): return parts.flatMap { existenceTests($0, scope) }
        case .not(let inner): return existenceTests(inner, scope)
        case .any, .use: return []
        }
    }

    /// Checks the rule's condition with what its `where` says of existence.
    mutating func check(_ condition: Condition, under applicability: Condition?, _ scope: Scope) {
        guards = applicability.map { Self.existenceTests($0, scope) } ?? []
        check(condition, scope)
        guards = []
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
                guard let schema = resolve(segments, test.path, scope)?.schema else { continue }
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
            let text = Element(
                schema: .text(values: []), available: .text(values: []), path: [test.path.text], type: scope.type)
            for operation in test.operations { check(operation, text, test) }
        case .this:
            guard case .value(let element) = scope else {
                diagnostics.error(
                    "rule/path", "`this` names an element of a list; here is the whole resource", at: test.path.span)
                return
            }
            for operation in test.operations { check(operation, element, test) }
        case .members(let segments):
            guard let found = resolve(segments, test.path, scope) else { return }
            for operation in test.operations { check(operation, found, test) }
            checkAbsence(test, found)
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
        hops += 1
        defer { hops -= 1 }
        guard hops <= Self.mostHops else {
            diagnostics.error("rule/too-far", "more than \(Self.mostHops) relations lead here", at: test.path.span)
            return
        }
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

    private mutating func resolve(_ segments: [String], _ path: Path, _ scope: Scope) -> Element? {
        var current: Element
        let place: String
        switch scope {
        case .resource(let type):
            current = Element(schema: type.schema, available: type.available, path: [], type: type)
            place = type.name
        case .value(let element): (current, place) = (element, "the element")
        }
        var walked: [String] = []
        for segment in segments {
            switch current.schema {
            case .structure(let members):
                guard let next = members[segment] else {
                    let parent = walked.isEmpty ? place : "`\(walked.joined(separator: "."))`"
                    reportUnknown(segment, of: parent, among: Array(members.keys), current, path)
                    return nil
                }
                current.schema = next
            case .map(let value): current.schema = value
            case .any, .policyDocument: current.schema = .any
            case .list:
                diagnostics.error(
                    "rule/missing-quantifier", "`\(walked.joined(separator: "."))` is a list", at: path.span,
                    help:
                        "write `\(walked.joined(separator: ".")): {some: {\(segments.dropFirst(walked.count).joined(separator: ".")): ...}}`, or `every`, `none`, `count`"
                )
                return nil
            default:
                diagnostics.error(
                    "rule/unknown-path",
                    "`\(walked.joined(separator: "."))` is \(current.schema.kind) and has no members", at: path.span)
                return nil
            }
            current.available = current.available[pointer: [segment]] ?? .any
            current.path.append(segment)
            walked.append(segment)
        }
        return current
    }

    private mutating func reportUnknown(
        _ segment: String, of parent: String, among known: [String], _ place: Element, _ path: Path
    ) {
        if case .structure(let members) = place.available, members[segment] != nil {
            diagnostics.error(
                "rule/not-collected", "\(parent) has `\(segment)` at AWS, but it is not collected", at: path.span,
                help:
                    "add `\((place.path + [segment]).joined(separator: "."))` to `keep` in the manifest of \(place.type.name)"
            )
        } else {
            diagnostics.error(
                "rule/unknown-path", "\(parent) has no member `\(segment)`", at: path.span,
                help: suggestion(for: segment, among: known))
        }
    }

    /// Warns where AWS may answer "there is none", and nothing says what that means.
    private mutating func checkAbsence(_ test: Condition.Test, _ place: Element) {
        guard test.ifAbsent == nil,
            test.operations.contains(where: {
                ![.list, .addresses, .trafficRules, .anything].contains($0.name.subject)
            }),
            place.type.manifest.defaults[ValuePath(segments: place.path)] == nil
        else { return }
        let optional = place.type.manifest.optionalAttributes.first { place.path.starts(with: $0.segments) }
        guard let optional,
            !guards.contains(where: { $0.count >= optional.segments.count && place.path.starts(with: $0) })
        else { return }
        diagnostics.warning(
            "rule/may-be-absent", "where AWS has no `\(optional)`, this is unknown", at: test.path.span,
            help:
                "say what that means: `if_absent: VALUE` beside the operator, or a test with `exists` or `absent` beside this one"
        )
    }

    // MARK: Operators

    private mutating func check(_ operation: Operation, _ place: Element, _ test: Condition.Test) {
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
    private mutating func checkElements(_ condition: Condition, _ element: Element) {
        guards.append(element.path)
        check(condition, .value(element))
        guards.removeLast()
    }

    /// Within what has no schema, such as a policy document, elements have none either.
    private static func element(of place: Element) -> Element {
        var element = place
        if case .list(let schema) = place.schema { element.schema = schema } else { element.schema = .any }
        if case .list(let schema) = place.available { element.available = schema } else { element.available = .any }
        return element
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
            if (operation.name == .olderThan || operation.name == .newerThan) != (parameter.kind == .duration) {
                diagnostics.error(
                    "rule/operand",
                    "`\(operation.name.rawValue)` cannot take the parameter `\(name)` of type \(parameter.kind.rawValue)",
                    at: span, help: "spans of time have the type `duration`")
            } else if parameter.kind == .duration {
                break
            } else if operation.name.takesList != (parameter.value.array != nil) {
                let wanted = operation.name.takesList ? "a list" : "a single value"
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` takes \(wanted), not \(parameter.value.kind)",
                    at: span)
            } else if operation.name == .matches {
                checkPattern(parameter.value, at: span)
            } else if operation.name == .within || operation.name == .overlaps {
                for value in parameter.value.array ?? [] where value.string.flatMap({ AddressBlock($0) }) == nil {
                    diagnostics.error("rule/operand", "\(value.text()) is not an address block", at: span)
                }
            } else if let fault = fault(of: parameter.value, schema, operation.name) {
                diagnostics.error("rule/operand", "the parameter `\(name)` does not fit: \(fault.message)", at: span)
            }
        case .reference(let path):
            if [.matches, .olderThan, .newerThan, .within, .overlaps].contains(operation.name) {
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` cannot take a value of the resource", at: path.span,
                    help: "write it in the rule, or make it a parameter")
            } else {
                checkReference(path, operation, schema)
            }
        case .column(let reference): checkColumn(reference, operation, schema)
        case .literal(let literal):
            if operation.name == .matches { checkPattern(literal, at: operation.span) }
            if operation.name == .inside, literal.array?.count != 2 {
                diagnostics.error("rule/operand", "`inside` takes the two ends of a range", at: operation.span)
            }
            for value in literal.array ?? [literal] {
                guard let fault = fault(of: value, schema, operation.name) else { continue }
                diagnostics.error("rule/operand", fault.message, at: operation.span, help: fault.help)
            }
        }
    }

    private mutating func column(_ reference: TableReference) -> Table.Column? {
        guard let table = tables[reference.table] else {
            diagnostics.error(
                "rule/unknown-table", "there is no table `\(reference.table)`", at: reference.span,
                help: suggestion(for: reference.table, among: Array(tables.keys)))
            return nil
        }
        guard let column = table.column(reference.column) else {
            diagnostics.error(
                "rule/unknown-table", "the table `\(table.name)` has no column `\(reference.column)`",
                at: reference.span, help: suggestion(for: reference.column, among: table.columns.map(\.name)))
            return nil
        }
        return column
    }

    private mutating func checkColumn(_ reference: TableReference, _ operation: Operation, _ schema: Schema) {
        guard let column = column(reference), schema != .any else { return }
        var wanted = schema
        if case .list(let element) = schema { wanted = element }
        if column.type.schema.kind != wanted.kind {
            diagnostics.error(
                "rule/operand",
                "\(wanted.kind) cannot be compared with the column `\(column.name)`, which is \(column.type.schema.kind)",
                at: reference.span)
        }
    }

    private mutating func checkLookup(
        _ reference: TableReference, _ condition: Condition, _ operation: Operation, _ place: Element
    ) {
        if place.schema != .any, place.schema.kind != Schema.text(values: []).kind {
            diagnostics.error(
                "rule/operator-type", "`lookup` finds rows by text, not by \(place.schema.kind)", at: operation.span)
            return
        }
        guard let column = column(reference) else { return }
        let cell = Element(schema: column.type.schema, available: .any, path: place.path, type: place.type)
        checkElements(condition, cell)
    }

    private mutating func checkPattern(_ value: JSON, at span: Span) {
        guard let text = value.string else { return }
        do {
            _ = try Pattern(text)
        } catch {
            diagnostics.error(
                "rule/pattern", "`\(text)` is no regular expression: \(error.message)", at: span,
                help: "the syntax is RE2's: no back references, no look-around")
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
        guard let found = resolve(segments, path, .resource(root))?.schema, found != .any, schema != .any else {
            return
        }
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
                if segments.count > 1 {
                    checkShown(resolve(Array(segments.dropFirst()), path, scope), place, rule)
                }
            } else {
                checkShown(resolve(segments, path, .resource(type)), place, rule)
            }
        }
    }
}

extension ConditionChecker {
    /// Messages and commands are read by many.
    private mutating func checkShown(_ element: Element?, _ place: String, _ rule: Rule) {
        guard let element, element.type.sensitive.contains(where: { element.path.starts(with: $0.segments) }) else {
            return
        }
        diagnostics.error("rule/sensitive", "`{\(place)}` is sensitive and cannot be shown", at: rule.idSpan)
    }
}

extension Schema {
    fileprivate var isNumeric: Bool { self == .integer || self == .number }
}
