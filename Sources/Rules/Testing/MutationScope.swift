internal import Documents
internal import Resources

/// What stands at the paths of a condition, as far as mutants depend on it: which other values an enumeration has, and what
/// the manifest says of absent members.
struct MutationScope {
    private let catalog: ResourceCatalog
    /// The resource that paths start at; nil within an element of a list.
    private let type: ResourceType?
    /// The type of the value that paths start at; nil where it is not known.
    private let schema: Schema?

    init(_ type: String, in catalog: ResourceCatalog) {
        self.init(catalog, catalog[type], catalog[type]?.schema)
    }

    private init(_ catalog: ResourceCatalog, _ type: ResourceType?, _ schema: Schema?) {
        self.catalog = catalog
        self.type = type
        self.schema = schema
    }

    func schema(at path: Path) -> Schema? {
        switch path.kind {
        case .members(let segments): schema?[ValuePath(segments: segments)]
        case .this: schema
        case .tag, .region, .account: .text(values: [])
        case .range: .integer
        case .related: nil
        case .documents: .policyDocument
        }
    }

    /// What the manifest puts where nothing stands.
    func `default`(at path: Path) -> JSON? {
        guard case .members(let segments) = path.kind else { return nil }
        return type?.manifest.defaults[ValuePath(segments: segments)]
    }

    /// The cell of a table. Its type does not tell what else could stand there.
    var cell: MutationScope { MutationScope(catalog, nil, nil) }

    /// What paths in the condition of a quantifier start at.
    func element(at path: Path) -> MutationScope {
        if case .related(let name) = path.kind {
            let target = type.flatMap { catalog.relation(name, of: $0.name) }.flatMap { catalog[$0.target] }
            return MutationScope(catalog, target, target?.schema)
        }
        guard case .list(let element) = schema(at: path) else { return MutationScope(catalog, nil, nil) }
        return MutationScope(catalog, nil, element)
    }
}
