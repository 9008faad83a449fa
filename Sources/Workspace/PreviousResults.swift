public import Git

/// What the results branch holds before a landing.
public struct PreviousResults {
    /// Of the tenant; nil where it has none yet.
    public var findings: [UInt8]?
    public var summary: [UInt8]?
    /// The other tenants' `summary.json`.
    public var otherSummaries: [(tenant: String, bytes: [UInt8])] = []

    private static let largestReport = 256 << 20

    /// Reads a commit of the results branch; nil for the branch's start.
    ///
    /// - Parameter withOthers: whether the other tenants' summaries are read too.
    public init(
        of tenant: String, in commit: ObjectID?, _ repository: Repository, withOthers: Bool = true
    ) throws(GitError) {
        guard let commit else { return }
        findings = try Self.read("\(tenant)/findings.json", in: commit, repository)
        summary = try Self.read("\(tenant)/summary.json", in: commit, repository)
        guard withOthers else { return }
        for entry in try repository.entries(ofCommit: commit, under: "") {
            let parts = entry.path.split(separator: "/")
            guard parts.count == 2, parts[1] == "summary.json", parts[0] != tenant else { continue }
            let bytes = try repository.readBlob(entry.id, limit: Self.largestReport)
            otherSummaries.append((String(parts[0]), bytes))
        }
    }

    /// A tenant's `summary.json`; nil where there is none.
    public static func summary(
        of tenant: String, in commit: ObjectID, _ repository: Repository
    ) throws(GitError) -> [UInt8]? {
        try read("\(tenant)/summary.json", in: commit, repository)
    }

    static func read(_ path: String, in commit: ObjectID, _ repository: Repository) throws(GitError) -> [UInt8]? {
        guard let entry = try repository.entry(at: path, inCommit: commit) else { return nil }
        return try repository.readBlob(entry.id, limit: largestReport)
    }
}
