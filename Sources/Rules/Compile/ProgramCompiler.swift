internal import Documents
internal import Resources

/// Turns the conditions of rules on one resource type into a program. Paths become slots, parameters become literals,
/// fragments are put in, and conditions that stand twice are compiled once.
struct ProgramCompiler {
    /// What paths are relative to.
    enum Scope {
        /// The resource that is judged.
        case root(ResourceType)
        /// A resource that a relation leads to.
        case related(ResourceType)
        /// An element of a list, which stands at a path from its resource's config.
        case element(Schema?, path: [String], of: ResourceType)

        var type: ResourceType {
            switch self {
            case .root(let type), .related(let type), .element(_, _, let type): type
            }
        }
    }

    private struct NodeKey: Hashable {
        var node: Node
        var children: [Int32]
    }

    let catalog: ResourceCatalog
    let fragments: [String: Condition]
    let tables: [String: Table]
    var program: Program
    var parameters: [String: JSON] = [:]

    private var literals = TapeBuilder()
    private var literalPositions: [[UInt8]: Int32] = [:]
    private var known: [NodeKey: Int32] = [:]
    /// Fragments that are being put in: one that leads to itself never ends.
    private var openFragments: [String] = []

    init(
        type: String, catalog: ResourceCatalog, fragments: [String: Condition], tables: [String: Table] = [:]
    ) {
        self.catalog = catalog
        self.fragments = fragments
        self.tables = tables
        program = Program(type: type)
        program.sensitive[type] = catalog[type]?.sensitive
    }

    /// Adds a rule. `index` is its place in the caller's list; `settings` are the tenant's values of its parameters.
    mutating func add(_ rule: Rule, index: Int, settings: [String: JSON]) {
        guard let type = catalog[program.type] else { return }
        parameters = Dictionary(rule.parameters.map { ($0.name, $0.value) }) { first, _ in first }
            .merging(settings) { _, setting in setting }
        let applicability = rule.applicability.map { compile($0, .root(type)) } ?? -1
        let condition = compile(rule.condition, .root(type))
        program.rules.append(
            Program.Entry(
                rule: index, applicability: applicability, condition: condition, fails: rule.polarity == .failWhen,
                onUnknownFails: rule.onUnknown == .fail))
    }

    /// The slot of a path from the config of the resource that is judged.
    mutating func slot(of segments: [String]) -> Int32 { program.paths.slot(of: segments, &program.names) }

    consuming func finish() -> Program {
        program.literals = literals.finish()
        return program
    }

    // MARK: Conditions

    mutating func compile(_ condition: Condition, _ scope: Scope) -> Int32 {
        switch condition {
        case .all(let parts): return combine(.all, parts, scope, .all)
        case .any(let parts): return combine(.any, parts, scope, .any)
        case .not(let inner):
            let child = compile(inner, scope)
            return add(Node(opcode: .not), [child], .not)
        case .use(let name, _):
            guard let fragment = fragments[name], !openFragments.contains(name) else {
                return add(Node(opcode: .unknowable), [], .fragment(name))
            }
            openFragments.append(name)
            defer { openFragments.removeLast() }
            return compile(fragment, scope)
        case .test(let test):
            let nodes = test.operations.map { compile($0, of: test, scope) }
            if nodes.count == 1 { return nodes[0] }
            return add(Node(opcode: .all), nodes, .all)
        }
    }

    private mutating func combine(_ opcode: Opcode, _ parts: [Condition], _ scope: Scope, _ kind: NodeOrigin.Kind)
        -> Int32
    {
        let nodes = parts.map { compile($0, scope) }
        if nodes.count == 1 { return nodes[0] }
        return add(Node(opcode: opcode), nodes, kind)
    }

    mutating func add(_ node: Node, _ children: [Int32], _ origin: NodeOrigin.Kind) -> Int32 {
        let key = NodeKey(node: node, children: children)
        if let index = known[key] {
            program.nodes[Int(index)].isShared = true
            return index
        }
        var node = node
        node.firstChild = Int32(program.children.count)
        node.childCount = Int32(children.count)
        program.children += children
        program.nodes.append(node)
        program.origins.append(NodeOrigin(kind: origin))
        let index = Int32(program.nodes.count - 1)
        known[key] = index
        return index
    }

    // MARK: Tables

    mutating func literal(_ value: JSON) -> Int32 {
        let key = Self.key(of: value)
        if let position = literalPositions[key] { return position }
        let position = Int32(literals.add(value))
        literalPositions[key] = position
        return position
    }

    /// Tells 2 from 2.0, which are written alike: a count is compared with whole numbers alone.
    private static func key(of value: JSON) -> [UInt8] {
        var key: [UInt8] = []
        switch value {
        case .number(let number):
            key.append(0)
            key += "\(number)".utf8
        case .array(let elements):
            key.append(1)
            for element in elements { key += Self.key(of: element) + [2] }
        case .object(let object):
            key.append(3)
            for member in object { key += Array(member.key.utf8) + [4] + Self.key(of: member.value) + [5] }
        default: key = value.bytes()
        }
        return key
    }

    mutating func binding(_ name: String?) -> Int32 {
        guard let name else { return -1 }
        if let index = program.bindings.firstIndex(of: name) { return Int32(index) }
        program.bindings.append(name)
        return Int32(program.bindings.count - 1)
    }

    mutating func relation(_ name: String, of type: ResourceType) -> Int32 {
        let relation = Program.Relation(type: type.name, name: name)
        if let index = program.relations.firstIndex(of: relation) { return Int32(index) }
        program.relations.append(relation)
        if let target = catalog.relation(name, of: type.name)?.target {
            program.targets[relation] = target
            program.sensitive[target] = catalog[target]?.sensitive
        }
        return Int32(program.relations.count - 1)
    }

    mutating func operand(_ operand: Operand) -> NodeOperand {
        switch operand {
        case .literal(let value): return .literal(literal(value))
        case .parameter(let name, _): return parameters[name].map { .literal(literal($0)) } ?? .none
        case .reference(let path):
            guard case .members(let segments) = path.kind else { return .none }
            return .reference(slot(of: segments))
        case .column(let reference):
            return tables[reference.table].map { .literal(literal(.array($0.values(of: reference.column)))) } ?? .none
        }
    }

    /// The values of an operand that is known before a resource is seen.
    func constants(_ operand: Operand) -> [JSON]? {
        switch operand {
        case .literal(let value): value.array ?? [value]
        case .parameter(let name, _): parameters[name].map { $0.array ?? [$0] }
        case .reference: nil
        case .column(let reference): tables[reference.table]?.values(of: reference.column)
        }
    }
}
