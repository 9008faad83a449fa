internal import Documents
internal import Resources

/// An index for each relation that conditions follow: from the values of its key to resources.
struct RelationTable: Sendable {
    /// What is known of a snapshot as a whole.
    struct Facts: Sendable {
        /// The types that were asked for.
        var types: Set<String>
        /// Lists that could not be read.
        var gaps: [CollectionGap]
    }

    /// A target, and the name by which targets are sorted: results must not depend on the order of the text.
    private struct Row: Sendable {
        var ordinal: Int
        var name: [UInt8]
    }

    private struct Index: Sendable {
        var relation: Manifest.Relation
        var rows: [[UInt8]: [Row]] = [:]
        /// Targets whose key could not be read, by where they stand: any resource there may be related to them.
        var unreadable: [[UInt8]: UnknownCause] = [:]
    }

    private var indexes: [Program.Relation: Index] = [:]
    /// The relations that lead to a type.
    private var byTarget: [String: [Program.Relation]] = [:]

    init(_ relations: [Program.Relation], catalog: ResourceCatalog) {
        for relation in relations where indexes[relation] == nil {
            guard let found = catalog.relation(relation.name, of: relation.type) else { continue }
            indexes[relation] = Index(relation: found)
            byTarget[found.target, default: []].append(relation)
        }
    }

    var isEmpty: Bool { indexes.isEmpty }
    var targets: Dictionary<String, [Program.Relation]>.Keys { byTarget.keys }

    /// Takes up a resource under its ordinal, wherever relations lead to it.
    mutating func insert(_ resource: ResourceView, ordinal: Int) {
        guard let relations = byTarget[resource.type.string] else { return }
        let row = Row(
            ordinal: ordinal,
            name: Array(resource.region.text) + [0] + Array(resource.id.text) + [0] + Array(resource.account.text))
        for relation in relations {
            guard let way = indexes[relation]?.relation.way else { continue }
            let place = Self.place(of: resource, way)
            switch Self.keys(of: resource, way, \.other) {
            case .success(let keys):
                for key in keys { indexes[relation]?.rows[place + key.bytes, default: []].append(row) }
            case .failure(let fault):
                indexes[relation]?.unreadable.merge([place: fault.cause], uniquingKeysWith: Self.first)
            }
        }
    }

    /// Adds what another table holds; its resources come after this one's.
    mutating func merge(_ other: RelationTable) {
        for (relation, index) in other.indexes {
            indexes[relation]?.rows.merge(index.rows, uniquingKeysWith: +)
            indexes[relation]?.unreadable.merge(index.unreadable, uniquingKeysWith: Self.first)
        }
    }

    func targets(
        of relation: Program.Relation, from resource: ResourceView, _ facts: Facts
    ) -> Result<RelationTargets, RelationGap> {
        guard let index = indexes[relation] else {
            return .failure(.unknownRelation(type: relation.type, name: relation.name))
        }
        let target = index.relation.target
        guard facts.types.contains(target) else { return .failure(.notCollected(target)) }
        let region = resource.region.string
        let isRegional = Self.isRegional(index.relation.way)
        if let gap = facts.gaps.first(where: { $0.type == target && (!isRegional || $0.region == region) }) {
            return .failure(.gap(gap))
        }
        let place = Self.place(of: resource, index.relation.way)
        if let cause = index.unreadable[place] { return .failure(.unreadable(cause)) }
        let keys: [RelationKey]
        switch Self.keys(of: resource, index.relation.way, \.own) {
        case .success(let found): keys = found
        case .failure(let fault): return .failure(.unreadable(fault.cause))
        }
        var targets = RelationTargets()
        var found: [Int: Row] = [:]
        for key in keys {
            if let rows = index.rows[place + key.bytes] {
                for row in rows { found[row.ordinal] = row }
            } else if !index.relation.isInverse, !key.values.isEmpty {
                targets.missing.append(
                    UnknownCause(
                        kind: .relation, type: target, id: key.values.joined(separator: " "), pointer: "",
                        detail: "is named, but is not in the snapshot"))
            }
        }
        targets.resources = found.values.sorted { left, right in
            left.name == right.name ? left.ordinal < right.ordinal : left.name.lexicographicallyPrecedes(right.name)
        }.map(\.ordinal)
        return .success(targets)
    }

    /// One of several causes, in whatever order they come.
    private static func first(_ left: UnknownCause, _ right: UnknownCause) -> UnknownCause {
        let fields = [\UnknownCause.id, \.pointer, \.detail]
        for field in fields where !left[keyPath: field].hasSameBytes(as: right[keyPath: field]) {
            return left[keyPath: field].precedesByBytes(right[keyPath: field]) ? left : right
        }
        return left
    }

    private static func isRegional(_ way: Manifest.Relation.Way) -> Bool {
        switch way {
        case .scope(let scope): scope == .region
        case .key(let key): key.within == .region
        }
    }

    /// Within what resources are related, as the start of a key.
    private static func place(of resource: ResourceView, _ way: Manifest.Relation.Way) -> [UInt8] {
        if case .key(let key) = way, key.within == .anywhere { return [] }
        let account = Array(resource.account.text) + [0]
        return isRegional(way) ? account + Array(resource.region.text) + [0] : account
    }

    private static func keys(
        of resource: ResourceView, _ way: Manifest.Relation.Way,
        _ side: KeyPath<Manifest.Relation.Column, Manifest.Relation.Value>
    ) -> Result<[RelationKey], RelationKey.Unreadable> {
        guard case .key(let key) = way else { return .success([RelationKey(values: [])]) }
        return RelationKey.keys(of: resource, key.columns.map { $0[keyPath: side] })
    }
}
