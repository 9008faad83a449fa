internal import Resources

/// Where relations lead.
protocol RelationSource {
    func targets(of relation: Program.Relation, from resource: ResourceView) -> Result<RelationTargets, RelationGap>

    /// Gives a resource that `targets` named to `body`; it is valid inside alone. `depth` counts the relations that are
    /// being followed, from 1. Nil where it can no longer be read.
    func withResource<Outcome>(_ ordinal: Int, depth: Int, _ body: (ResourceView) -> Outcome) -> Outcome?
}

/// The resources at the end of a relation.
struct RelationTargets {
    var resources: [Int] = []
    /// What is named but is not there: nothing is known of it.
    var missing: [UnknownCause] = []
}

/// Why a relation cannot be followed as a whole.
enum RelationGap: Error {
    case notCollected(String)
    case gap(CollectionGap)
    case unreadable(UnknownCause)
    case unknownRelation(type: String, name: String)

    var cause: UnknownCause {
        switch self {
        case .notCollected(let type):
            UnknownCause(kind: .relation, type: type, id: "*", pointer: "", detail: "not collected")
        case .gap(let gap): gap.cause
        case .unreadable(let cause): cause
        case .unknownRelation(let type, let name):
            UnknownCause(kind: .relation, type: type, id: "*", pointer: "", detail: "there is no relation `\(name)`")
        }
    }
}

extension CollectionGap {
    var cause: UnknownCause {
        let place = RegionState(rawValue: code) == nil ? "from \(operation)" : "in \(region)"
        return UnknownCause(kind: .uncollected, type: type, id: "*", pointer: "", detail: "\(code) \(place)")
    }
}
