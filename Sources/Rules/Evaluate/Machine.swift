internal import Documents

/// Decides the conditions of a program on one resource after the other. It owns its scratch memory, so each thread needs
/// one of its own. Deciding allocates nothing and counts no references.
final class Machine {
    let program: Program
    /// The moment that ages are counted to.
    let now: Timestamp
    /// Nil while relations cannot be followed yet: what depends on one is then unknown.
    let relations: (any RelationSource)?
    /// Whom the account trusts; the account itself is each resource's.
    let trust: Trust

    let nodes: UnsafeMutablePointer<Node>
    let children: UnsafeMutablePointer<Int32>
    let constants: TapeValue
    private let nameBytes: UnsafeMutablePointer<UInt8>
    private let nameRanges: UnsafeMutablePointer<Range<Int>>
    private let entries: UnsafeMutablePointer<PathTable.Entry>
    /// What stands at each path of the resource: its position on the tape, 0 where nothing does, and the negative
    /// position of an ancestor that has no members.
    private let slots: UnsafeMutablePointer<Int32>
    private let slotCount: Int
    /// The truth of shared nodes, with the number of the resource for which it was found.
    private let memory: UnsafeMutablePointer<UInt64>
    let state: UnsafeMutablePointer<State>

    struct State {
        var resource: UInt64 = 0
        /// The resource that is judged. Slots are positions on its tape, whatever resource a condition looks at.
        var root: ResourceView?
        /// Why the last operator was unknown.
        var problem: Problem?
        /// Whether a relation was met that could not be followed yet.
        var isDeferred = false
        /// How many relations deep.
        var depth = 0
    }

    init(_ program: Program, now: Timestamp, relations: (any RelationSource)?, trust: Trust = Trust()) {
        self.trust = trust
        self.program = program
        self.now = now
        self.relations = relations
        nodes = .copy(of: program.nodes)
        children = .copy(of: program.children)
        constants = program.literals.value(at: 0)
        nameBytes = .copy(of: program.names.bytes)
        nameRanges = .copy(of: program.names.ranges)
        entries = .copy(of: program.paths.entries)
        slotCount = program.paths.paths.count
        slots = .copy(of: [Int32](repeating: 0, count: slotCount))
        memory = .copy(of: [UInt64](repeating: 0, count: program.nodes.count))
        state = .copy(of: [State()])
    }

    deinit {
        nodes.deallocate()
        children.deallocate()
        nameBytes.deallocate()
        nameRanges.deallocate()
        entries.deallocate()
        slots.deallocate()
        memory.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// What conditions are decided on: a value, and the resource in which it stands.
    struct Scope {
        var base: TapeValue
        var resource: UnsafePointer<ResourceView>
        /// Whether the base is the config of the resource that is judged.
        var isRoot: Bool
    }

    /// What stands at a place.
    enum Reading {
        case value(TapeValue)
        case absent
        case hidden
        /// An ancestor is a scalar or a list.
        case blocked(TapeValue)
    }

    // MARK: Resources

    /// Takes up a resource: its paths are looked up once for all conditions.
    func load(_ resource: ResourceView) {
        state.pointee.resource += 1
        state.pointee.root = resource
        state.pointee.isDeferred = false
        slots.update(repeating: 0, count: slotCount)
        project(resource.config, entries[0])
    }

    private func project(_ value: TapeValue, _ entry: PathTable.Entry) {
        guard entry.firstChild >= 0 else { return }
        switch value.kind {
        case .object: break
        case .null: return
        case .hidden: return block(entry, Int32(truncatingIfNeeded: value.position))
        default: return block(entry, -Int32(truncatingIfNeeded: value.position))
        }
        var members = value.children
        while let key = members.next(), let member = members.next() {
            let text = key.text
            var next = entry.firstChild
            while next >= 0 {
                let child = entries[Int(next)]
                if text.hasSameBytes(as: name(child.name)) {
                    if child.slot >= 0, slots[Int(child.slot)] == 0, member.kind != .null {
                        slots[Int(child.slot)] = Int32(truncatingIfNeeded: member.position)
                    }
                    project(member, child)
                    break
                }
                next = child.nextSibling
            }
        }
    }

    /// Gives all paths below an entry the position of what stands in their way.
    private func block(_ entry: PathTable.Entry, _ position: Int32) {
        var next = entry.firstChild
        while next >= 0 {
            let child = entries[Int(next)]
            if child.slot >= 0, slots[Int(child.slot)] == 0 { slots[Int(child.slot)] = position }
            block(child, position)
            next = child.nextSibling
        }
    }

    func name(_ index: Int32) -> UnsafeBufferPointer<UInt8> {
        let range = nameRanges[Int(index)]
        return UnsafeBufferPointer(start: nameBytes + range.lowerBound, count: range.count)
    }

    // MARK: Values

    func read(_ location: Location, _ scope: Scope) -> Reading {
        switch location.kind {
        case .slot: return readSlot(location.index)
        case .this: return Self.reading(scope.base)
        case .members:
            var current = scope.base
            for index in location.index..<location.index + location.count {
                switch current.kind {
                case .object: break
                case .null: return .absent
                case .hidden: return .hidden
                default: return .blocked(current)
                }
                guard let next = current.member(name(index)) else { return .absent }
                current = next
            }
            return Self.reading(current)
        case .tag:
            guard let tags = scope.resource.pointee.tags else { return .absent }
            if tags.kind == .hidden { return .hidden }
            return tags.member(name(location.index)).map(Self.reading) ?? .absent
        case .region: return .value(scope.resource.pointee.region)
        case .account: return .value(scope.resource.pointee.account)
        case .related, .documents: return .absent
        }
    }

    private static func reading(_ value: TapeValue) -> Reading {
        switch value.kind {
        case .null: .absent
        case .hidden: .hidden
        default: .value(value)
        }
    }

    /// What stands at a path of the resource that is judged.
    func readSlot(_ index: Int32) -> Reading {
        let position = Int(slots[Int(index)])
        guard position != 0, let config = state.pointee.root?.config else { return .absent }
        return position < 0 ? .blocked(config.at(-position)) : Self.reading(config.at(position))
    }

    // MARK: Conditions

    func truth(_ index: Int32, _ scope: Scope) -> Truth {
        let node = nodes[Int(index)]
        guard node.isShared, scope.isRoot else { return decide(node, scope) }
        let known = memory[Int(index)]
        if known >> 2 == state.pointee.resource { return Truth(rawValue: UInt8(known & 3)) ?? .unknown }
        let truth = decide(node, scope)
        // What waits for a relation is not known for good.
        if !state.pointee.isDeferred { memory[Int(index)] = state.pointee.resource << 2 | UInt64(truth.rawValue) }
        return truth
    }

    /// The truth of a node, found anew: what made it unknown is then in the state.
    func decideAgain(_ index: Int32, _ scope: Scope) -> Truth {
        state.pointee.problem = nil
        return decide(nodes[Int(index)], scope)
    }

    private func decide(_ node: Node, _ scope: Scope) -> Truth {
        switch node.opcode {
        case .always: return .true
        case .never: return .false
        case .unknowable:
            state.pointee.problem = .noSuchFragment
            return .unknown
        case .all:
            var result = Truth.true
            for child in node.firstChild..<node.firstChild + node.childCount {
                switch truth(children[Int(child)], scope) {
                case .false: return .false
                case .unknown: result = .unknown
                case .true: break
                }
            }
            return result
        case .any:
            var result = Truth.false
            for child in node.firstChild..<node.firstChild + node.childCount {
                switch truth(children[Int(child)], scope) {
                case .true: return .true
                case .unknown: result = .unknown
                case .false: break
                }
            }
            return result
        case .not: return !truth(children[Int(node.firstChild)], scope)
        case .coversAny, .coversAll, .inside: return decideRange(node, scope)
        default:
            switch node.location.kind {
            case .related: return decideRelated(node, scope)
            case .documents: return decideDocuments(node, scope)
            default: return decideValue(node, scope)
            }
        }
    }

    private func decideValue(_ node: Node, _ scope: Scope) -> Truth {
        switch read(node.location, scope) {
        case .hidden: return unknown(.hidden)
        case .blocked(let ancestor): return unknown(.notStructure(ancestor.json.kind))
        case .value(let value):
            return node.opcode == .exists ? Truth(node.flag) : apply(node, value, scope)
        case .absent:
            if node.opcode == .exists { return Truth(!node.flag) }
            guard node.fallback >= 0 else { return unknown(.absent) }
            return apply(node, constants.at(Int(node.fallback)), scope)
        }
    }

    func apply(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        switch node.opcode {
        case .some, .every, .none: decideEach(node, value, scope)
        case .count: decideCount(node, value, scope)
        default: decideScalar(node, value, scope)
        }
    }

    func unknown(_ problem: Problem) -> Truth {
        state.pointee.problem = problem
        return .unknown
    }
}

/// Why an operator cannot be decided.
enum Problem {
    case absent
    case hidden
    case hiddenBelow
    /// An ancestor is of this kind.
    case notStructure(String)
    /// The value is not what the operator needs.
    case badValue(String)
    /// What it is compared with is not there.
    case noOperand
    case badOperand
    case noSuchFragment
    /// A relation cannot be followed.
    case relation(UnknownCause)
    /// Filters that cannot be judged; asked again, they say why.
    case network
    /// Keys and elements of policies that cannot be judged.
    case policy([String])
}

extension UnsafeMutablePointer {
    /// Memory of its own with the elements of an array.
    static func copy(of elements: [Pointee]) -> UnsafeMutablePointer {
        let memory = UnsafeMutablePointer.allocate(capacity: Swift.max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }
}
