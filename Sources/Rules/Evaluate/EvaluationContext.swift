public import Documents
public import Resources

/// Everything that a verdict depends on. No clock, no files, no network.
public struct EvaluationContext: Sendable {
    public let catalog: ResourceCatalog
    public let snapshot: Snapshot
    public let fragments: [String: Condition]
    public let tables: [String: Table]
    /// Whom the tenant trusts.
    public let trust: Trust
    /// The moment that ages are counted to: the snapshot's.
    public let now: Timestamp
    /// The snapshot's resources, laid out for the machine.
    let store: SnapshotStore

    public init(
        catalog: ResourceCatalog, snapshot: Snapshot, fragments: [String: Condition] = [:],
        tables: [String: Table] = [:], trust: Trust = Trust()
    ) {
        self.catalog = catalog
        self.snapshot = snapshot
        self.fragments = fragments
        self.tables = tables
        self.trust = trust
        now = snapshot.collectedAt
        store = SnapshotStore(snapshot)
    }

    /// The same snapshot, to be judged by other means. It is not laid out again.
    public init(
        sharing other: EvaluationContext, fragments: [String: Condition], tables: [String: Table], trust: Trust
    ) {
        catalog = other.catalog
        snapshot = other.snapshot
        self.fragments = fragments
        self.tables = tables
        self.trust = trust
        now = other.now
        store = other.store
    }
}
