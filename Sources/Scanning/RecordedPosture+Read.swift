public import Documents
public import Git
public import Posture
internal import Reports
internal import Workspace

extension RecordedPosture {
    /// What commits of the results branch say of a tenant; nil for those that say nothing of it, and where the tenant's
    /// files are none that a scan writes. All of them are in memory at once.
    public static func read(_ tenant: String, at commits: [ObjectID], in repository: Repository) throws(GitError)
        -> [RecordedPosture?]
    {
        let place = repository.commonDirectory
        let files = concurrentMap(commits) { commit in
            Result { () throws(GitError) in
                // A repository is one thread's alone.
                let repository = try Repository.open(at: place)
                return try Recording(of: tenant, in: commit, repository)
            }
        }
        var recordings: [Recording?] = []
        for file in files { recordings.append(try file.get()) }
        // Within a commit's findings first, then all commits at once.
        for index in recordings.indices { recordings[index]?.readLines() }
        return concurrentMap(recordings) { $0?.posture }
    }
}

/// What a commit holds of a tenant, on the way to a posture.
private struct Recording: Sendable {
    private let written: WrittenResults
    private let commit: ObjectID
    private let moment: Timestamp
    private var lines: [RecordedPosture.Line]?

    /// Nil where the commit holds nothing of the tenant.
    init?(of tenant: String, in commit: ObjectID, _ repository: Repository) throws(GitError) {
        guard let written = try WrittenResults(of: tenant, in: commit, repository) else { return nil }
        self.written = written
        self.commit = commit
        moment = Timestamp(seconds: try repository.time(of: commit))
    }

    mutating func readLines() { lines = RecordedPosture.lines(written.findings) }

    /// Nil where the files are none that a scan writes.
    var posture: RecordedPosture? {
        lines.flatMap {
            RecordedPosture(
                $0, of: written.findings, summary: written.summary, moment: moment, commit: commit.description)
        }
    }
}
