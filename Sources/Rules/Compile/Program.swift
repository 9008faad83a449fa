internal import Documents
internal import Resources

/// The rules of one resource type, compiled: flat nodes over tables. It does not change once it is compiled.
struct Program: Sendable {
    /// A rule's conditions in the program.
    struct Entry: Sendable {
        /// The rule's place in the list that was compiled.
        var rule: Int
        /// The node of `where`, or -1.
        var applicability: Int32
        var condition: Int32
        var fails: Bool
        var onUnknownFails: Bool
    }

    /// A relation that nodes follow.
    struct Relation: Sendable, Hashable {
        var type: String
        var name: String
    }

    /// A column of a table, by its rows' keys: positions on the tape of literals.
    struct Lookup: Sendable {
        var table: String
        var cells: [[UInt8]: Int32]
    }

    /// Where policy documents stand that count together.
    struct Documents: Sendable, Hashable {
        var granting: [[Step]]
        var boundary: [Step]?

        enum Step: Sendable, Hashable {
            /// A name's index.
            case member(Int32)
            /// An index into `relations`.
            case relation(Int32)
        }
    }

    /// A comparison of `count`.
    struct Comparison: Sendable, Hashable {
        var opcode: Opcode
        var operand: NodeOperand
    }

    let type: String
    var rules: [Entry] = []
    var nodes: [Node] = []
    var children: [Int32] = []
    /// What each node was made from, for evidence and explanations.
    var origins: [NodeOrigin] = []
    var paths = PathTable()
    var names = NameTable()
    var relations: [Relation] = []
    /// The types at which relations end.
    var targets: [Relation: String] = [:]
    var bindings: [String] = []
    var comparisons: [[Comparison]] = []
    var grants: [GrantQuery] = []
    var patterns: [Pattern] = []
    var addresses: [AddressSet] = []
    var prefixLengths: [PrefixLengthQuery] = []
    var ingress: [IngressQuery] = []
    var lookups: [Lookup] = []
    var documents: [Documents] = []
    var literals: Tape
    /// Members whose values are shown nowhere, by type.
    var sensitive: [String: Set<ValuePath>] = [:]

    init(type: String) {
        self.type = type
        literals = TapeBuilder().finish()
    }
}

/// Where a node comes from.
struct NodeOrigin: Sendable {
    enum Kind: Sendable {
        case all, any, not
        case fragment(String)
        case operation(Condition.Test, Operation)
    }

    var kind: Kind
}
