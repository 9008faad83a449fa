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
    var bindings: [String: Scope] = [:]
    /// How many relations lead from the judged resource to here.
    var hops = 0
    /// Paths beside which a condition asks whether they exist: there their absence is thought of.
    var guards: [[String]] = []

    static let mostHops = 5

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

    mutating func check(_ test: Condition.Test, _ scope: Scope) {
        switch test.path.kind {
        case .related(let name): checkRelated(name, test, scope)
        case .documents(let sources):
            checkDocuments(sources, test, scope)
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
                schema: .text(values: []), path: [test.path.text], type: scope.type)
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
}
