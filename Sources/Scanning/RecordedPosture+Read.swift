public import Documents
public import Git
public import Posture
internal import Reports
internal import Workspace

extension RecordedPosture {
    /// What a commit of the results branch says of a tenant; nil where it says nothing of it, and where the tenant's files
    /// are none that a scan writes.
    public static func read(_ tenant: String, at commit: ObjectID, in repository: Repository) throws(GitError)
        -> RecordedPosture?
    {
        guard let written = try WrittenResults(of: tenant, in: commit, repository) else { return nil }
        return try RecordedPosture(written, commit, repository)
    }

    /// What commits say, each as `read` has it. All of them are in memory at once.
    public static func read(_ tenant: String, at commits: [ObjectID], in repository: Repository) throws(GitError)
        -> [RecordedPosture?]
    {
        let place = repository.commonDirectory
        let read = concurrentMap(commits) { commit in
            Result { () throws(GitError) in
                // A repository is one thread's alone.
                try WrittenResults(of: tenant, in: commit, Repository.open(at: place))
            }
        }
        var postures: [RecordedPosture?] = []
        for (commit, written) in zip(commits, read) {
            postures.append(
                try written.get().flatMap { written throws(GitError) in
                    try RecordedPosture(written, commit, repository)
                })
        }
        return postures
    }

    private init?(_ written: WrittenResults, _ commit: ObjectID, _ repository: Repository) throws(GitError) {
        let moment = Timestamp(seconds: try repository.time(of: commit))
        self.init(findings: written.findings, summary: written.summary, moment: moment, commit: commit.description)
    }
}
