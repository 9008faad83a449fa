public import Documents
public import Git

/// What the message of a commit on the results branch says of the scan that made it.
public struct ResultsTrailers: Sendable, Equatable {
    public var tenant: String
    public var revision: String
    public var version: String
    public var run: String
    /// The commit on the snapshots branch.
    public var snapshot: ObjectID
    /// When the collection began: the commit's time.
    public var moment: Timestamp

    /// Nil where the commit is none that a scan made.
    public init?(of commit: ObjectID, in repository: Repository) throws(GitError) {
        let message = try repository.message(of: commit)
        var trailers: [Substring: String] = [:]
        for line in message.split(separator: "\n").reversed() {
            guard line.hasPrefix("Parapet-"), let colon = line.firstIndex(of: ":") else { break }
            trailers[line[..<colon]] = String(line[colon...].dropFirst(2))
        }
        guard let tenant = trailers["Parapet-Tenant"], let revision = trailers["Parapet-Revision"],
            let version = trailers["Parapet-Version"], let run = trailers["Parapet-Run"],
            let snapshot = trailers["Parapet-Snapshot"].flatMap({ ObjectID(hex: $0) })
        else { return nil }
        self.tenant = tenant
        self.revision = revision
        self.version = version
        self.run = run
        self.snapshot = snapshot
        moment = Timestamp(seconds: try repository.time(of: commit))
    }
}
