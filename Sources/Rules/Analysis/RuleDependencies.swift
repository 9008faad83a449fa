public import Resources

/// What rules read: resource types, and the first members of the paths into them.
public struct RuleDependencies: Sendable {
    /// Members by type; a type stands here as soon as a rule judges it or relates to it.
    public private(set) var members: [String: Set<String>] = [:]
    /// Types that rules reach from other resources: all resources of them count, not only those that are judged.
    public private(set) var related: Set<String> = []

    public init(_ rules: some Sequence<Rule>, fragments: [String: Fragment], catalog: ResourceCatalog) {
        var walk = Walk(fragments: fragments, catalog: catalog)
        for rule in rules {
            for type in rule.resources {
                walk.root = type
                walk.read([], of: type)
                if let applicability = rule.applicability { walk.add(applicability, type, depth: 0) }
                walk.add(rule.condition, type, depth: 0)
            }
        }
        members = walk.members
        related = walk.related
    }

    private struct Walk {
        let fragments: [String: Fragment]
        let catalog: ResourceCatalog
        var members: [String: Set<String>] = [:]
        var related: Set<String> = []
        /// The type that is judged: where references start.
        var root = ""

        mutating func read(_ names: [String], of type: String) { members[type, default: []].formUnion(names) }

        /// `type` is nil within lists: paths there start at an element.
        mutating func add(_ condition: Condition, _ type: String?, depth: Int) {
            guard depth < 64 else { return }
            switch condition {
            case .all(let parts), .any(let parts): for part in parts { add(part, type, depth: depth + 1) }
            case .not(let inner): add(inner, type, depth: depth + 1)
            case .use(let name, _):
                if let fragment = fragments[name] { add(fragment.condition, type, depth: depth + 1) }
            case .test(let test):
                let inner = type.flatMap { addPath(test.path, $0) }
                for operation in test.operations { add(operation, inner, depth: depth + 1) }
            }
        }

        /// Returns the type whose resources conditions on the path look at; nil for values.
        private mutating func addPath(_ path: Path, _ type: String) -> String? {
            switch path.kind {
            case .members(let segments): read(Array(segments.prefix(1)), of: type)
            case .range(let from, let to): read([from, to].compactMap(\.first), of: type)
            case .related(let name): return follow(name, of: type)
            case .documents(let sources):
                for way in sources.granting + [sources.boundary].compactMap({ $0 }) { addWay(way, type) }
            case .this, .tag, .region, .account: break
            }
            return nil
        }

        private mutating func follow(_ name: String, of type: String) -> String? {
            guard let relation = catalog.relation(name, of: type) else { return nil }
            read([], of: relation.target)
            related.insert(relation.target)
            if case .key(let key) = relation.way {
                read(key.columns.compactMap { Self.member($0.own) }, of: type)
                read(key.columns.compactMap { Self.member($0.other) }, of: relation.target)
            }
            return relation.target
        }

        private mutating func addWay(_ way: PolicySources.Way, _ start: String) {
            var type = start
            for step in way.steps {
                switch step {
                case .relation(let name):
                    guard let target = follow(name, of: type) else { return }
                    type = target
                case .member(let name):
                    // A relation starts at a resource: what follows is within this member.
                    return read([name], of: type)
                }
            }
        }

        private static func member(_ value: Manifest.Relation.Value) -> String? {
            if case .config(let path) = value.place { path.segments.first } else { nil }
        }

        private mutating func add(_ operation: Operation, _ type: String?, depth: Int) {
            switch operation.argument {
            case .quantified(let inner, _), .lookup(_, let inner): add(inner, type, depth: depth)
            case .count(let inner, let comparisons):
                if let inner { add(inner, type, depth: depth) }
                for comparison in comparisons { add(comparison.operand) }
            case .operand(let operand): add(operand)
            default: break
            }
        }

        private mutating func add(_ operand: Operand) {
            if case .reference(let path) = operand, case .members(let segments) = path.kind {
                read(Array(segments.prefix(1)), of: root)
            }
        }
    }
}
