internal import Documents
internal import Resources

/// The resources of a snapshot on one tape.
final class SnapshotStore: Sendable {
    private let tape: Tape
    private let places: [(position: Int, hasHidden: Bool)]
    /// The ordinals of each type, in the snapshot's order.
    let ordinals: [String: Range<Int>]

    init(_ snapshot: Snapshot) {
        var builder = TapeBuilder()
        var places: [(position: Int, hasHidden: Bool)] = []
        var ordinals: [String: Range<Int>] = [:]
        for (type, resources) in snapshot.resources.sorted(by: { $0.key < $1.key }) {
            let first = places.count
            for resource in resources { places.append((builder.add(resource), !resource.uncollected.isEmpty)) }
            ordinals[type] = first..<places.count
        }
        tape = builder.finish()
        self.places = places
        self.ordinals = ordinals
    }

    /// Valid as long as the store is held.
    func view(_ ordinal: Int) -> ResourceView? {
        ResourceView(tape.value(at: places[ordinal].position), hasHidden: places[ordinal].hasHidden)
    }
}

/// The relations of a snapshot in memory.
struct SnapshotRelations: RelationSource {
    private let store: SnapshotStore
    private let table: RelationTable
    private let facts: RelationTable.Facts

    init(_ relations: [Program.Relation], _ store: SnapshotStore, _ snapshot: Snapshot, catalog: ResourceCatalog) {
        self.store = store
        facts = RelationTable.Facts(types: snapshot.types, gaps: snapshot.gaps)
        var table = RelationTable(relations, catalog: catalog)
        for type in table.targets.sorted() {
            for ordinal in store.ordinals[type] ?? 0..<0 {
                if let view = store.view(ordinal) { table.insert(view, ordinal: ordinal) }
            }
        }
        self.table = table
    }

    func targets(of relation: Program.Relation, from resource: ResourceView) -> Result<RelationTargets, RelationGap> {
        table.targets(of: relation, from: resource, facts)
    }

    func withResource<Outcome>(_ ordinal: Int, depth: Int, _ body: (ResourceView) -> Outcome) -> Outcome? {
        store.view(ordinal).map(body)
    }
}
