internal import Documents
internal import Git
internal import Workspace

/// A tenant's `findings.json` and `summary.json`, parsed. Their bytes, which can be many, are gone.
struct WrittenResults {
    let findings: HeldJSON
    let summary: JSON

    /// Nil where the commit has no results of the tenant, or none that are JSON.
    init?(of tenant: String, in commit: ObjectID, _ repository: Repository) throws(GitError) {
        let files = try PreviousResults(of: tenant, in: commit, repository, withOthers: false)
        guard let findings = files.findings.flatMap({ try? HeldJSON($0) }),
            let summary = files.summary.flatMap({ try? JSON.parse($0) })
        else { return nil }
        self.findings = findings
        self.summary = summary
    }
}
