internal import Documents
public import Resources

/// What rules can say about a resource type, for people and editors.
public struct ResourceTypeReference: Sendable {
    /// How many resources of the type there are.
    public enum Scope: String, Sendable {
        /// Exactly one in each account.
        case account
        /// Exactly one in each scanned region.
        case region
        /// Listed once in each account.
        case global
        /// Listed in each scanned region.
        case regional
    }

    public let name: String
    public let scanners: [String]
    public let scope: Scope
    /// The member that identifies a resource; nil where there is one alone.
    public let id: String?
    public let arn: String
    /// The call that lists the resources, `s3:ListBuckets`; nil where nothing is listed.
    public let list: String?
    /// Where tags are from: a member or a call; nil where the type has none.
    public let tags: String?
    public let members: [ResourceMember]
    public let relations: [ResourceRelation]

    public init(_ type: ResourceType, in catalog: ResourceCatalog) {
        let manifest = type.manifest
        name = type.name
        scanners = manifest.scanners.sorted()
        arn = manifest.arn.source
        switch manifest.origin {
        case .account: (scope, list, id) = (.account, nil, nil)
        case .region: (scope, list, id) = (.region, nil, nil)
        case .listed(let lists):
            scope = lists.allSatisfy { $0.call.scope == .global } ? .global : .regional
            list = lists.map(\.call.name).joined(separator: ", ")
            id = manifest.idMember?.description ?? manifest.id.source
        }
        tags =
            switch manifest.tags {
            case .member(let path): path.description
            case .call(let call, _): call.name
            case nil: nil
            }
        members = ResourceMember.all(of: type)
        relations = catalog.relations(of: type.name).map(ResourceRelation.init)
    }

    /// All types of a catalogue, by name.
    public static func all(of catalog: ResourceCatalog) -> [ResourceTypeReference] {
        catalog.names.compactMap { catalog[$0] }.map { ResourceTypeReference($0, in: catalog) }
    }
}
