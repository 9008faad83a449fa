/// One step of a compiled condition. Nodes are flat values in one array; they name their children by index.
struct Node: Hashable {
    var opcode: Opcode
    /// What `exists`, `absent` and other flags ask for.
    var flag = true
    /// Where the value stands; for ranges the lower end.
    var location = Location(kind: .this)
    /// The upper end of a range.
    var upper = Location(kind: .this)
    /// Children of `all`, `any`, `not` and of quantifiers: a range of `Program.children`.
    var firstChild: Int32 = 0
    var childCount: Int32 = 0
    var operand = NodeOperand.none
    /// The value that stands in for an absent one: a position on the tape of literals, or -1.
    var fallback: Int32 = -1
    /// The kinds of values that the schema has here; a value of another kind is a bad value.
    var accepted = KindSet.all
    /// The name that `as` gives to the witness: an index into `Program.bindings`, or -1.
    var binding: Int32 = -1
    /// Whether several conditions share it: then its truth is kept for the resource.
    var isShared = false
}

enum Opcode: UInt8, Hashable {
    case always, never, unknowable
    case all, any, not
    case exists
    case equal, unequal, oneOf, noneOf
    case less, lessOrEqual, greater, greaterOrEqual
    case before, after, olderThan, newerThan
    case glob, startsWith, endsWith, contains, matches
    case subset, superset, intersects
    case addressClass
    case coversAny, coversAll, inside
    case some, every, none, count
    case within, overlaps, prefixLength, coversWorld, ingress
    case lookup
    case allows, denies, admin, escalates
}

/// What a node compares with.
enum NodeOperand: Hashable {
    case none
    /// A position on the tape of literals.
    case literal(Int32)
    /// A path in the resource that is judged: an index of a slot.
    case reference(Int32)
    /// Microseconds, or a constant of an enumeration.
    case number(Int64)
    /// An index into one of the program's tables.
    case entry(Int32)
}

/// Where a value stands, seen from where the node is evaluated.
struct Location: Hashable {
    enum Kind: UInt8, Hashable {
        /// A path from the config of the resource that is judged: `index` is its slot.
        case slot
        /// Members below the current value: `count` names from `index` on.
        case members
        /// The current value.
        case this
        /// A tag of the current resource: `index` is its name.
        case tag
        case region
        case account
        /// Resources that a relation leads to: `index` into `Program.relations`.
        case related
        /// Policy documents that count together: `index` into `Program.documents`.
        case documents
    }

    var kind: Kind
    var index: Int32 = 0
    var count: Int32 = 0
}

/// Kinds of JSON values.
struct KindSet: OptionSet, Hashable {
    var rawValue: UInt8

    static let object = KindSet(rawValue: 1)
    static let array = KindSet(rawValue: 2)
    static let string = KindSet(rawValue: 4)
    static let integer = KindSet(rawValue: 8)
    static let number = KindSet(rawValue: 16)
    static let boolean = KindSet(rawValue: 32)
    static let all = KindSet(rawValue: 63)
}
