public import Documents
public import Resources

/// Everything that a verdict depends on. No clock, no files, no network.
public struct EvaluationContext: Sendable {
    public var catalog: ResourceCatalog
    public var snapshot: Snapshot
    public var fragments: [String: Condition]
    /// The moment that ages are counted to: the snapshot's.
    public var now: Timestamp

    public init(catalog: ResourceCatalog, snapshot: Snapshot, fragments: [String: Condition] = [:]) {
        self.catalog = catalog
        self.snapshot = snapshot
        self.fragments = fragments
        now = snapshot.collectedAt
    }
}
