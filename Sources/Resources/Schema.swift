/// The type of a value in a resource document, derived from the AWS models through the manifest.
public indirect enum Schema: Sendable, Equatable {
    case structure([String: Schema])
    case list(Schema)
    case map(Schema)
    /// Text; `values` are the known values of an enumeration, empty where any text can stand.
    case text(values: [String])
    case integer
    case number
    case boolean
    case timestamp
    case blob
    /// An IAM policy document, parsed.
    case policyDocument
    /// Any JSON.
    case any

    /// The type's name in messages: "a list", "text", ...
    public var kind: String {
        switch self {
        case .structure: "a structure"
        case .list: "a list"
        case .map: "a map"
        case .text: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .timestamp: "a timestamp"
        case .blob: "binary data"
        case .policyDocument: "a policy document"
        case .any: "any value"
        }
    }

    /// A type of one resource type's documents, with what else rules may name.
    public subscript(path: ValuePath) -> Schema? {
        var current = self
        for segment in path.segments {
            while case .list(let element) = current { current = element }
            switch current {
            case .structure(let members):
                guard let next = members[segment] else { return nil }
                current = next
            case .map(let value): current = value
            case .any, .policyDocument: return .any
            default: return nil
            }
        }
        return current
    }
}

/// What a rule can say about a resource type.
public struct ResourceType: Sendable {
    public var manifest: Manifest
    /// The type of `config`.
    public var schema: Schema
    /// The type of all that AWS returns, what is not kept included.
    public var available: Schema
    /// Members whose values are shown nowhere; paths walk through lists.
    public var sensitive: Set<ValuePath>

    public var name: String { manifest.type }

    public init(manifest: Manifest, schema: Schema, available: Schema? = nil, sensitive: Set<ValuePath> = []) {
        self.manifest = manifest
        self.schema = schema
        self.available = available ?? schema
        self.sensitive = sensitive
    }
}

/// All resource types, by name.
public struct ResourceCatalog: Sendable {
    public private(set) var types: [String: ResourceType]
    /// The relations of each type, the ways back of others' relations included.
    private let relations: [String: [String: Manifest.Relation]]

    public init(_ types: some Sequence<ResourceType>) {
        self.types = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
        var relations: [String: [String: Manifest.Relation]] = [:]
        for type in self.types.values.sorted(by: { $0.name < $1.name }) {
            for relation in type.manifest.relations {
                relations[type.name, default: [:]][relation.name] = relation
                let back = relation.reversed(from: type.name)
                if relations[relation.target]?[back.name] == nil {
                    relations[relation.target, default: [:]][back.name] = back
                }
            }
        }
        self.relations = relations
    }

    public subscript(name: String) -> ResourceType? { types[name] }

    public var names: [String] { types.keys.sorted() }

    /// All scanners that the manifests name.
    public var scanners: Set<String> { types.values.reduce(into: []) { $0.formUnion($1.manifest.scanners) } }

    /// A relation of a type, declared there or on the other side.
    public func relation(_ name: String, of type: String) -> Manifest.Relation? { relations[type]?[name] }

    /// All relations of a type, by name.
    public func relations(of type: String) -> [Manifest.Relation] {
        (relations[type] ?? [:]).values.sorted { $0.name < $1.name }
    }
}
