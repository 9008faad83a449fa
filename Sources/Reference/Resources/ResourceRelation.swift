internal import Resources

/// A way from resources of a type to others: `related.NAME`.
public struct ResourceRelation: Sendable {
    public let name: String
    public let target: String
    /// How the others are found: `all of the account`, `SecurityGroups.GroupId = its id, in the region`.
    public let means: String

    init(_ relation: Manifest.Relation) {
        name = relation.name
        target = relation.target
        switch relation.way {
        case .scope(let scope): means = "all of the \(scope.rawValue)"
        case .key(let key):
            let columns = key.columns.map { "\($0.own.text) = its \($0.other.text)" }.joined(separator: " and ")
            means = columns + (key.within == .anywhere ? ", anywhere" : ", in the \(key.within.rawValue)")
        }
    }
}

extension Manifest.Relation.Value {
    fileprivate var text: String {
        let whole =
            switch place {
            case .id: "id"
            case .arn: "arn"
            case .config(let path): path.description
            }
        return part.map { "\($0.rawValue) of \(whole)" } ?? whole
    }
}
