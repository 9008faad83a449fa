public import Resources

/// What rules read: resource types, and the first members of the paths into them.
public struct RuleDependencies: Sendable {
    /// Members by type; a type stands here as soon as a rule judges it or relates to it.
    public private(set) var members: [String: Set<String>] = [:]

    public init(_ rules: some Sequence<Rule>, fragments: [String: Fragment], catalog: ResourceCatalog) {
        for rule in rules {
            for type in rule.resources {
                members[type, default: []].formUnion([])
                if let applicability = rule.applicability { add(applicability, type, fragments, catalog, depth: 0) }
                add(rule.condition, type, fragments, catalog, depth: 0)
            }
        }
    }

    private mutating func add(
        _ condition: Condition, _ type: String, _ fragments: [String: Fragment], _ catalog: ResourceCatalog, depth: Int
    ) {
        guard depth < 32 else { return }
        switch condition {
        case .all(let parts), .any(let parts):
            for part in parts { add(part, type, fragments, catalog, depth: depth + 1) }
        case .not(let inner): add(inner, type, fragments, catalog, depth: depth + 1)
        case .use(let name, _):
            if let fragment = fragments[name] { add(fragment.condition, type, fragments, catalog, depth: depth + 1) }
        case .test(let test):
            switch test.path.kind {
            case .members(let segments): members[type, default: []].formUnion(segments.prefix(1))
            case .range(let from, let to): members[type, default: []].formUnion([from, to].compactMap(\.first))
            case .related(let name):
                guard let target = catalog.relation(name, of: type)?.target else { return }
                members[target, default: []].formUnion([])
                for operation in test.operations {
                    switch operation.argument {
                    case .quantified(let inner, _): add(inner, target, fragments, catalog, depth: depth + 1)
                    case .count(let inner?, _): add(inner, target, fragments, catalog, depth: depth + 1)
                    default: break
                    }
                }
            case .this, .tag, .region, .account: break
            }
        }
    }
}
