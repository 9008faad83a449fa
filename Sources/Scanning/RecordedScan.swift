public import Documents
public import Git
public import Posture
internal import Reports
public import Resources
public import Workspace

/// A scan as git holds it: its snapshot, the policy that was recorded with it, and its moment. With these it can be judged
/// again, by anyone, at any time.
public struct RecordedScan: Sendable {
    public let tenant: String
    public let moment: Timestamp
    public let snapshot: ObjectID
    /// The commit on the results branch that holds its findings.
    public let results: ObjectID
    let origin: ScanOutcome.Origin

    /// Why a scan cannot be judged again.
    public struct Fault: Error {
        public let message: String
    }

    public init(_ entry: JournalEntry) {
        tenant = entry.tenant
        moment = entry.moment
        snapshot = entry.snapshot
        results = entry.results
        origin = .init(run: entry.run, version: entry.version, revision: entry.revision, calls: 0, errors: 0)
    }

    public init(_ trailers: ResultsTrailers, results: ObjectID) {
        tenant = trailers.tenant
        moment = trailers.moment
        snapshot = trailers.snapshot
        self.results = results
        origin = .init(
            run: trailers.run, version: trailers.version, revision: trailers.revision, calls: 0, errors: 0)
    }

    /// The version of Parapet that scanned.
    public var version: String { origin.version }

    /// Judges the snapshot by the recorded policy. Findings are dated to the scan: see `ScanOutcome.dated`.
    public func judged(in repository: Repository, _ catalog: ResourceCatalog) throws(Fault) -> ScanOutcome {
        let tree = RevisionTree(repository, at: snapshot)
        do {
            let policy = try SnapshotFiles.policy(tree, tenant, catalog: catalog, at: moment)
            let snapshot = try SnapshotFiles.snapshot(tree, tenant, at: moment)
            let (posture, verdicts) = policy.judge(snapshot, catalog)
            return ScanOutcome(snapshot: snapshot, policy: policy, posture: posture, verdicts: verdicts)
        } catch {
            throw Fault(message: error.message)
        }
    }

    /// What the scan wrote of its posture. Where another version wrote it in another form, the snapshot is judged again.
    public func posture(in repository: Repository, _ catalog: ResourceCatalog) throws(Fault) -> Posture {
        if let written = try written(in: repository, catalog) { return written }
        return try dated(in: repository, catalog).posture
    }

    /// Nil where the files are none that this version writes.
    private func written(in repository: Repository, _ catalog: ResourceCatalog) throws(Fault) -> Posture? {
        let place = repository.commonDirectory
        var policy: Result<EffectivePolicy, WorkspaceError>?
        // A repository is one thread's alone.
        let read = concurrentMap(
            [results],
            alongside: {
                policy = Result { () throws(WorkspaceError) in
                    let tree = RevisionTree(repository, at: snapshot)
                    return try SnapshotFiles.policy(tree, tenant, catalog: catalog, at: moment)
                }
            },
            { commit in Result { () throws(Fault) in try files(in: commit, place) } })
        guard let files = try read.first?.get(),
            let record = Posture.Record(
                findings: files.written.findings, summary: files.written.summary, partition: files.partition,
                moment: moment)
        else { return nil }
        do {
            return try policy.map { policy throws(WorkspaceError) in
                let policy = try policy.get()
                return Posture(record, rules: policy.rules.map(\.rule), frameworks: policy.frameworks)
            }
        } catch {
            throw Fault(message: error.message)
        }
    }

    private func files(
        in commit: ObjectID, _ place: String
    ) throws(Fault) -> (written: WrittenResults, partition: String)? {
        do {
            let repository = try Repository.open(at: place)
            let facts = try SnapshotFiles.facts(RevisionTree(repository, at: snapshot), tenant)
            guard let written = try WrittenResults(of: tenant, in: commit, repository),
                let partition = facts.partition
            else { return nil }
            return (written, partition)
        } catch let error as WorkspaceError {
            throw Fault(message: error.message)
        } catch let error as GitError {
            throw Fault(message: error.message)
        } catch {
            throw Fault(message: "\(error)")
        }
    }

    /// As `judged`, with findings dated to when they were first seen.
    public func dated(in repository: Repository, _ catalog: ResourceCatalog) throws(Fault) -> ScanOutcome {
        var outcome = try judged(in: repository, catalog)
        let earlier: EarlierFindings?
        do {
            earlier = try PreviousResults(of: tenant, in: results, repository).findings.flatMap(EarlierFindings.init)
        } catch {
            throw Fault(message: error.message)
        }
        outcome.posture = outcome.posture.carryingOver(earlier?.findings ?? [])
        return outcome
    }
}
