public import Git

/// What a scan leaves in git.
public struct Landed: Sendable {
    public var snapshot: ObjectID
    public var results: ObjectID
    public var journal: ObjectID
    /// Whether the snapshot or the results differ from those before.
    public var changedSnapshot: Bool
    public var changedResults: Bool
    public var wasPushed: Bool
}

/// The results of one scan, ready to land.
public struct ScanRecord {
    public var tenant: String
    /// Files of the tenant's folder on the snapshots branch.
    public var snapshot: [TreeFile]
    /// Makes the tenant's reports out of what the results branch holds of it; called again when the branch moved.
    public var reports: (_ previous: PreviousResults) -> Reports
    /// Makes the journal's line.
    public var journalLine: (_ snapshot: ObjectID, _ results: ObjectID) -> [UInt8]
    /// `2026-11`: the journal's file.
    public var month: String

    public struct Reports {
        public var files: [(path: String, bytes: [UInt8])]
        /// The overview of all tenants.
        public var overview: [UInt8]
        /// The commit's message, without the trailer that names the snapshot.
        public var message: String

        public init(files: [(path: String, bytes: [UInt8])], overview: [UInt8], message: String) {
            self.files = files
            self.overview = overview
            self.message = message
        }
    }

    public init(
        tenant: String, snapshot: [TreeFile], month: String,
        reports: @escaping (_ previous: PreviousResults) -> Reports,
        journalLine: @escaping (_ snapshot: ObjectID, _ results: ObjectID) -> [UInt8]
    ) {
        self.tenant = tenant
        self.snapshot = snapshot
        self.month = month
        self.reports = reports
        self.journalLine = journalLine
    }
}

/// Puts scans into git: snapshots first, then results that name the snapshot, then the journal's line. Here either all
/// three branches move, or none; on a remote that refuses one, none after it.
public struct Landing {
    /// A remote that shares the branches.
    public struct Remote: Sendable {
        public var name: String
        public var credentials: Credentials

        public init(name: String, credentials: Credentials) {
            self.name = name
            self.credentials = credentials
        }
    }

    private static let attempts = 16
    /// How often a remote is tried again that refuses, and did not move meanwhile.
    private static let repeats = 2
    /// How often, where it says that somebody else is moving its branches.
    private static let patience = 8

    private let repository: Repository
    private let branches: Branches
    private let remote: Remote?
    private let author: (name: String, email: String)

    public init(_ repository: Repository, branches: Branches, remote: Remote?) {
        self.repository = repository
        self.branches = branches
        self.remote = remote
        author = repository.configuredIdentity() ?? ("Parapet", "parapet@localhost")
    }

    /// Fails early where a landing could not succeed: a branch that is checked out, a locked reference.
    public func check() throws(GitError) {
        for branch in branches.all where repository.isCheckedOut(Branches.reference(branch)) {
            throw GitError(
                .conflict, "the branch `\(branch)` is checked out here, and a scan would move it",
                help: "check out another branch: git switch main")
        }
        _ = try repository.lock(references: branches.all.map(Branches.reference))
    }

    /// Lands a scan; where another one landed meanwhile, on top of that.
    public func land(_ record: ScanRecord, at seconds: Int64) throws(GitError) -> Landed {
        var attempt = 1
        var before: [ObjectID?] = []
        var unmoved = 0
        while true {
            var tips: [ObjectID?] = []
            do throws(GitError) {
                return try landOnce(record, seconds, on: &tips)
            } catch {
                guard [.rejected, .outrun].contains(error.code), remote != nil, attempt < Self.attempts else {
                    throw error
                }
                unmoved = tips == before ? unmoved + 1 : 0
                guard unmoved < (error.code == .outrun ? Self.patience : Self.repeats) else { throw error }
                before = tips
                attempt += 1
                Pause.jittered(attempt)
            }
        }
    }

    /// `tips` become the commits that it builds on.
    private func landOnce(_ record: ScanRecord, _ seconds: Int64, on tips: inout [ObjectID?]) throws(GitError) -> Landed
    {
        if let remote {
            let refspecs = branches.all.map { "+\(Branches.reference($0)):\(Branches.tracking($0, of: remote.name))" }
            try repository.fetch(remote: remote.name, refspecs: refspecs, credentials: remote.credentials)
        }
        let references = branches.all.map(Branches.reference)
        let transaction = try repository.lock(references: references)
        tips = try branches.all.map { branch throws(GitError) in try tip(of: branch) }
        let signature = Signature(name: author.name, email: author.email, seconds: seconds)

        let snapshot = try commit(
            on: tips[0], [.replaceDirectory(path: record.tenant, files: record.snapshot)], signature
        ) { "snapshot(\(record.tenant))\n" }

        let reports = record.reports(try PreviousResults(of: record.tenant, in: tips[1], repository))
        let results = try commit(
            on: tips[1],
            [
                .replaceDirectory(
                    path: record.tenant, files: reports.files.map { TreeFile(path: $0.path, bytes: $0.bytes) }),
                .file(path: "README.md", bytes: reports.overview),
            ],
            signature
        ) { reports.message + "Parapet-Snapshot: \(snapshot)\n" }

        let path = "\(record.tenant)/\(record.month).ndjson"
        let before = try tips[2].flatMap { tip throws(GitError) in try read(path, in: tip) } ?? []
        let line = record.journalLine(snapshot, results)
        let journal = try commit(on: tips[2], [.file(path: path, bytes: before + line)], signature) {
            "journal(\(record.tenant))\n"
        }

        let ids = [snapshot, results, journal]
        if let remote { try push(zip(branches.all, ids).map { ($0, $1) }, to: remote) }
        for (reference, id) in zip(references, ids) {
            try transaction.setTarget(reference, id, message: "parapet: scan of \(record.tenant)")
        }
        try transaction.commit()
        return Landed(
            snapshot: snapshot, results: results, journal: journal, changedSnapshot: snapshot != tips[0],
            changedResults: results != tips[1], wasPushed: remote != nil)
    }

    /// A commit with the changes on top of a tip; the tip itself where they change nothing.
    private func commit(
        on tip: ObjectID?, _ changes: [TreeChange], _ signature: Signature, message: () -> String
    ) throws(GitError) -> ObjectID {
        let base = try tip.map { commit throws(GitError) in try repository.tree(of: commit) }
        let tree = try repository.writeTree(base: base, changes: changes)
        if let tip, tree == base { return tip }
        return try repository.createCommit(
            tree: tree, parents: tip.map { [$0] } ?? [], message: message(), author: signature)
    }

    /// The newest commit of a branch, here or on the remote.
    private func tip(of branch: String) throws(GitError) -> ObjectID? {
        let local = try repository.target(ofReference: Branches.reference(branch))
        guard let remote, let there = try repository.target(ofReference: Branches.tracking(branch, of: remote.name))
        else {
            return local
        }
        guard let local, local != there else { return there }
        if try repository.isAncestor(local, of: there) { return there }
        if try repository.isAncestor(there, of: local) { return local }
        throw GitError(
            .conflict, "the branch `\(branch)` here and the one on `\(remote.name)` have gone different ways",
            help: "keep the remote's: git branch -f \(branch) \(remote.name)/\(branch)")
    }

    /// Pushes one branch after the other, for a remote may take one and refuse another: what it has then is what later
    /// branches speak of, never a line about a commit that nobody can find.
    private func push(_ updates: [(branch: String, id: ObjectID)], to remote: Remote) throws(GitError) {
        for (branch, id) in updates {
            let there = try repository.target(ofReference: Branches.tracking(branch, of: remote.name))
            guard there != id else { continue }
            let reference = Branches.reference(branch)
            let status = try repository.push(
                remote: remote.name, updates: [(id, reference)], credentials: remote.credentials)
            let refused = "`\(remote.name)` refused `\(reference)`: "
            switch status[reference] ?? .rejected("no answer") {
            case .accepted: continue
            case .rejected(let reason):
                throw GitError(
                    .rejected, refused + reason,
                    help: "check the branch's protection and the token's right to write contents")
            case .outrun(let reason):
                throw GitError(
                    .outrun, refused + reason,
                    help: "something else moves the branch all the time, or left a lock there: try again later")
            }
        }
    }

    private func read(_ path: String, in commit: ObjectID) throws(GitError) -> [UInt8]? {
        try PreviousResults.read(path, in: commit, repository)
    }
}
