internal import Git
internal import Reports
internal import Workspace

/// What scans have left on the results branch.
struct RecordedResults {
    private let repository: Repository
    /// Nil where there is no such branch yet.
    private let tip: ObjectID?

    init(_ options: RepositoryOptions, branch: String) throws(GitError) {
        repository = try Repository.open(at: options.repository)
        tip = try repository.target(ofReference: "refs/heads/\(branch)")
    }

    /// A tenant's `findings.json`; nil where it has none yet.
    func findings(of tenant: Tenant) throws(GitError) -> [UInt8]? {
        guard let tip, let entry = try repository.entry(at: "\(tenant.name)/findings.json", inCommit: tip) else {
            return nil
        }
        return try repository.readBlob(entry.id, limit: 256 << 20)
    }

    func findings(of tenants: [Tenant]) throws(GitError) -> [RecordedFinding] {
        var all: [RecordedFinding] = []
        for tenant in tenants { all += try findings(of: tenant).flatMap(RecordedFinding.all) ?? [] }
        return all
    }
}
