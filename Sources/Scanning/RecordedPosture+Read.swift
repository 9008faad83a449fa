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
        try read(tenant, at: [commit], in: repository)[0]
    }

    /// What commits say, each as `read` has it.
    public static func read(_ tenant: String, at commits: [ObjectID], in repository: Repository) throws(GitError)
        -> [RecordedPosture?]
    {
        var files: [Files?] = []
        for commit in commits {
            let results = try PreviousResults(of: tenant, in: commit, repository, withOthers: false)
            guard let findings = results.findings, let summary = results.summary else {
                files.append(nil)
                continue
            }
            files.append(
                Files(
                    findings: findings, summary: summary, moment: Timestamp(seconds: try repository.time(of: commit)),
                    commit: commit.description))
        }
        return concurrentMap(files) { files in
            files.flatMap { files in
                RecordedPosture(
                    findings: files.findings, summary: files.summary, moment: files.moment, commit: files.commit)
            }
        }
    }

    private struct Files {
        var findings: [UInt8]
        var summary: [UInt8]
        var moment: Timestamp
        var commit: String
    }
}
