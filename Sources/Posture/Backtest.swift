public import Documents
public import Rules

/// What a rule would have said of scans that are over.
public struct Backtest: Sendable {
    /// Oldest first.
    public private(set) var scans: [Scan] = []
    /// By when they began, then by resource.
    public private(set) var failures: [Failure] = []
    /// What the newest scan cannot judge.
    private var blindSpot = BlindSpot([])

    /// The rule's verdicts on one snapshot.
    public struct Scan: Sendable {
        public var moment: Timestamp
        /// The commit on the snapshots branch.
        public var commit: String
        public var counts = VerdictCounts()
        /// Resources that fail, and that were not known to fail in the scan before.
        public var opened = 0
        /// Resources that failed before, and that the scan could judge and found not to.
        public var resolved = 0
        /// Why verdicts are unknown.
        public var causes: [String]
    }

    /// A resource that failed for some time.
    public struct Failure: Sendable {
        public var resource: ResourceReference
        /// The first scan that saw it fail.
        public var from: Timestamp
        /// It may have failed before: that scan is the first, or the one before could not judge it.
        public var mayBeOlder: Bool
        /// The first scan that found it not to fail any more; nil: it still does.
        public var until: Timestamp?
        public var message: String
    }

    public init() {}

    /// Adds the next scan; they come oldest first.
    public mutating func add(moment: Timestamp, commit: String, verdicts: [Verdict]) {
        var scan = Scan(
            moment: moment, commit: commit, causes: UnknownGroup.groups(of: verdicts).map(\.cause))
        for verdict in verdicts { scan.counts.add(verdict.kind) }
        let failing = Dictionary(
            verdicts.filter { $0.kind == .fail }.map { (ResourceReference($0), $0.message) }
        ) { first, _ in first }
        let before = blindSpot
        blindSpot = BlindSpot(verdicts)
        var known: Set<ResourceReference> = []
        for index in failures.indices where failures[index].until == nil {
            let resource = failures[index].resource
            if failing[resource] != nil || blindSpot.hides(resource) {
                known.insert(resource)
            } else {
                failures[index].until = moment
                scan.resolved += 1
            }
        }
        for (resource, message) in failing.sorted(by: { $0.key < $1.key }) where !known.contains(resource) {
            failures.append(
                Failure(
                    resource: resource, from: moment, mayBeOlder: scans.isEmpty || before.hides(resource),
                    message: message))
            scan.opened += 1
        }
        scans.append(scan)
    }

    /// Resources that fail, as far as the newest scan can tell.
    public var open: [Failure] { failures.filter { $0.until == nil } }
}

/// What a scan says nothing of: resources, and lists that could not be read.
private struct BlindSpot {
    private var resources: Set<ResourceReference> = []
    /// The regions by type; `*` is all of them.
    private var lists: [String: Set<String>] = [:]

    init(_ verdicts: [Verdict]) {
        for verdict in verdicts where verdict.kind == .unknown {
            if verdict.id.hasSameBytes(as: "*") {
                lists[verdict.type, default: []].insert(verdict.region)
            } else {
                resources.insert(ResourceReference(verdict))
            }
        }
    }

    func hides(_ resource: ResourceReference) -> Bool {
        if resources.contains(resource) { return true }
        let regions = lists[resource.type] ?? []
        return regions.contains("*") || regions.contains(resource.region)
    }
}
