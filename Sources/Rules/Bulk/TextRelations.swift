internal import Resources

/// The relations of a text: targets are read again where they stand.
final class TextRelations: RelationSource {
    private let text: SnapshotText
    private let table: RelationTable
    private let facts: RelationTable.Facts
    /// A parser for each relation deep: a target must stay while what it is related to is read.
    private var readers: [Reader] = []

    private final class Reader {
        let reader: RecordReader
        init(_ reader: consuming RecordReader) { self.reader = reader }
    }

    init(_ text: SnapshotText, table: RelationTable, facts: RelationTable.Facts) {
        self.text = text
        self.table = table
        self.facts = facts
    }

    func targets(of relation: Program.Relation, from resource: ResourceView) -> Result<RelationTargets, RelationGap> {
        table.targets(of: relation, from: resource, facts)
    }

    func withResource<Outcome>(_ ordinal: Int, depth: Int, _ body: (ResourceView) -> Outcome) -> Outcome? {
        while readers.count < depth {
            guard let reader = try? RecordReader() else { return nil }
            readers.append(Reader(reader))
        }
        let bytes = text.record(at: ordinal)
        var outcome: Outcome?
        _ = readers[depth - 1].reader.read(bytes, isPadded: text.isPadded(bytes)) { outcome = body($0) }
        return outcome
    }
}
