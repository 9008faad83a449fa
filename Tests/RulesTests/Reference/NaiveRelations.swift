import Documents
import Resources

@testable import Rules

/// Relations followed by looking at every resource.
struct NaiveRelations {
    let snapshot: Snapshot

    /// Nil where the relation as a whole is unknown; `missing` counts names without a resource.
    func targets(of relation: Manifest.Relation, from resource: Resource) -> (resources: [Resource], missing: Int)? {
        guard snapshot.types.contains(relation.target) else { return nil }
        let isRegional: Bool
        var isAnywhere = false
        switch relation.way {
        case .scope(let scope): isRegional = scope == .region
        case .key(let key):
            isRegional = key.within == .region
            isAnywhere = key.within == .anywhere
        }
        let gaps = snapshot.gaps.filter { $0.type == relation.target && (!isRegional || $0.region == resource.region) }
        guard gaps.isEmpty else { return nil }
        let candidates = (snapshot.resources[relation.target] ?? []).filter { candidate in
            isAnywhere
                || candidate.account == resource.account && (!isRegional || candidate.region == resource.region)
        }
        guard case .key(let key) = relation.way else { return (candidates, 0) }
        var found: [Resource] = []
        guard let own = keys(of: resource, key.columns.map(\.own)) else { return nil }
        var seen: Set<[[UInt8]]> = []
        for candidate in candidates {
            guard let others = keys(of: candidate, key.columns.map(\.other)) else { return nil }
            seen.formUnion(others)
            if !Set(others).isDisjoint(with: own) { found.append(candidate) }
        }
        return (found, relation.isInverse ? 0 : own.filter { !seen.contains($0) }.count)
    }

    private func keys(of resource: Resource, _ columns: [Manifest.Relation.Value]) -> [[[UInt8]]]? {
        var keys: [[[UInt8]]] = [[]]
        for column in columns {
            guard let values = values(of: resource, column) else { return nil }
            if values.count > 1, columns.count > 1 { return nil }
            keys = keys.flatMap { key in values.map { key + [Array($0.utf8)] } }
        }
        return keys
    }

    private func values(of resource: Resource, _ column: Manifest.Relation.Value) -> [String]? {
        switch column.place {
        case .id: return [resource.id]
        case .arn: return resource.arn.isEmpty ? [] : [resource.arn]
        case .config(let path):
            let touches = resource.uncollected.keys.contains { pointer in
                let names = JSONPointer.segments(pointer).filter { Int($0) == nil }
                return zip(names, path.segments).allSatisfy { $0 == $1 }
            }
            if touches { return nil }
            let values = path.values(in: resource.config).filter { !$0.isNull }
            let texts = values.compactMap { $0.string ?? $0.integer.map { String($0) } }
            return texts.count == values.count ? texts : nil
        }
    }
}
