internal import Synchronization

/// What a rule can say about a resource type.
public struct ResourceType: Sendable {
    public var manifest: Manifest
    /// The type of `config`.
    public var schema: Schema
    /// The type of all that AWS returns, what is not kept included: made for messages alone.
    public let available: @Sendable () -> Schema
    /// Members whose values are shown nowhere; paths walk through lists.
    public var sensitive: Set<ValuePath>

    public var name: String { manifest.type }

    public init(
        manifest: Manifest, schema: Schema, available: (@Sendable () -> Schema)? = nil, sensitive: Set<ValuePath> = []
    ) {
        self.manifest = manifest
        self.schema = schema
        self.available = available ?? { schema }
        self.sensitive = sensitive
    }
}

/// All resource types, by name. A type is made when it is first asked for: its schema takes a service's model, and most
/// runs need few of them.
public struct ResourceCatalog: Sendable {
    public let manifests: [String: Manifest]
    /// The relations of each type, the ways back of others' relations included.
    private let relations: [String: [String: Manifest.Relation]]
    private let made: MadeTypes

    /// `make` is asked for each type at most once; nil is a type that cannot be made.
    public init(
        _ manifests: some Sequence<Manifest>, make: @escaping @Sendable (Manifest) -> ResourceType?
    ) {
        self.manifests = Dictionary(manifests.map { ($0.type, $0) }) { first, _ in first }
        made = MadeTypes(make)
        var relations: [String: [String: Manifest.Relation]] = [:]
        for manifest in self.manifests.values.sorted(by: { $0.type < $1.type }) {
            for relation in manifest.relations {
                relations[manifest.type, default: [:]][relation.name] = relation
                let back = relation.reversed(from: manifest.type)
                if relations[relation.target]?[back.name] == nil {
                    relations[relation.target, default: [:]][back.name] = back
                }
            }
        }
        self.relations = relations
    }

    public init(_ types: some Sequence<ResourceType>) {
        let types = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
        self.init(types.values.map(\.manifest)) { types[$0.type] }
    }

    public subscript(name: String) -> ResourceType? { manifests[name].flatMap(made.type) }

    public var names: [String] { manifests.keys.sorted() }

    /// All scanners that the manifests name.
    public var scanners: Set<String> { manifests.values.reduce(into: []) { $0.formUnion($1.scanners) } }

    /// A relation of a type, declared there or on the other side.
    public func relation(_ name: String, of type: String) -> Manifest.Relation? { relations[type]?[name] }

    /// All relations of a type, by name.
    public func relations(of type: String) -> [Manifest.Relation] {
        (relations[type] ?? [:]).values.sorted { $0.name < $1.name }
    }
}

/// The types that were asked for so far.
private final class MadeTypes: Sendable {
    private let make: @Sendable (Manifest) -> ResourceType?
    private let types = Mutex<[String: ResourceType]>([:])

    init(_ make: @escaping @Sendable (Manifest) -> ResourceType?) { self.make = make }

    func type(_ manifest: Manifest) -> ResourceType? {
        types.withLock { types in
            if let type = types[manifest.type] { return type }
            let type = make(manifest)
            types[manifest.type] = type
            return type
        }
    }
}
