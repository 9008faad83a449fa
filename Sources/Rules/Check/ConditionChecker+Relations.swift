internal import Documents
internal import Resources

extension ConditionChecker {
    /// The type at which a relation ends; nil where that is a fault.
    private mutating func target(of name: String, from type: ResourceType, at span: Span) -> ResourceType? {
        guard let relation = catalog.relation(name, of: type.name) else {
            diagnostics.error(
                "rule/unknown-relation", "\(type.name) has no relation `\(name)`", at: span,
                help: suggestion(for: name, among: catalog.relations(of: type.name).map(\.name))
                    ?? "it has no relations")
            return nil
        }
        guard hops <= Self.mostHops else {
            diagnostics.error("rule/too-far", "more than \(Self.mostHops) relations lead here", at: span)
            return nil
        }
        return catalog[relation.target]
    }

    /// Checks that all ways of `documents` end at policy documents.
    mutating func checkDocuments(_ sources: PolicySources, _ test: Condition.Test, _ scope: Scope) {
        guard case .resource(let type) = scope else {
            diagnostics.error(
                "rule/path", "`documents` starts at a resource, not at a value in it", at: test.path.span)
            return
        }
        for way in sources.granting + [sources.boundary].compactMap({ $0 }) { checkWay(way, from: type) }
    }

    private mutating func checkWay(_ way: PolicySources.Way, from start: ResourceType) {
        let outer = hops
        defer { hops = outer }
        var (type, members) = (start, [String]())
        for step in way.steps {
            switch step {
            case .member(let name): members.append(name)
            case .relation(let name):
                guard members.isEmpty else {
                    let inner = "`\(members.joined(separator: "."))`"
                    diagnostics.error(
                        "rule/path", "relations start at a resource, not at \(inner) in it", at: way.span)
                    return
                }
                hops += 1
                guard let target = target(of: name, from: type, at: way.span) else { return }
                type = target
            }
        }
        guard !members.isEmpty else {
            diagnostics.error(
                "rule/path", "`\(way.text)` ends at a resource, not at policy documents", at: way.span,
                help: "name the member that holds them")
            return
        }
        let path = Path(kind: .members(members), text: way.text, span: way.span)
        guard let found = resolve(members, path, .resource(type), throughLists: true) else { return }
        guard found.schema == .policyDocument || found.schema == .any else {
            diagnostics.error(
                "rule/operator-type", "`\(way.text)` is \(found.schema.kind), not policy documents", at: way.span)
            return
        }
    }

    mutating func checkRelated(_ name: String, _ test: Condition.Test, _ scope: Scope) {
        guard case .resource(let type) = scope else {
            diagnostics.error("rule/path", "relations start at a resource, not at a value in it", at: test.path.span)
            return
        }
        hops += 1
        defer { hops -= 1 }
        guard let target = target(of: name, from: type, at: test.path.span) else { return }
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
}
