public import Documents
public import Git

/// A scan, as a line of the journal tells of it.
public struct JournalEntry: Sendable {
    public var tenant: String
    /// When the collection began.
    public var moment: Timestamp
    public var revision: String
    public var version: String
    public var run: String
    /// The commits on the snapshots and the results branch.
    public var snapshot: ObjectID
    public var results: ObjectID

    /// Nil where the line is none that a scan writes.
    init?(_ line: some Collection<UInt8>) {
        guard let document = try? JSON.parse(Array(line)), let tenant = document["tenant"]?.string,
            let moment = document["time"]?.string.flatMap({ Timestamp($0) }),
            let revision = document["revision"]?.string, let version = document["version"]?.string,
            let run = document["run"]?.string,
            let snapshot = document["snapshot"]?.string.flatMap({ ObjectID(hex: $0) }),
            let results = document["results"]?.string.flatMap({ ObjectID(hex: $0) })
        else { return nil }
        self.tenant = tenant
        self.moment = moment
        self.revision = revision
        self.version = version
        self.run = run
        self.snapshot = snapshot
        self.results = results
    }

    /// The newest scan of a tenant that a commit of the journal knows; nil where it knows none.
    public static func newest(of tenant: String, at tip: ObjectID, in repository: Repository) throws(GitError)
        -> JournalEntry?
    {
        for file in try repository.entries(ofCommit: tip, under: tenant).reversed() {
            let bytes = try PreviousResults.read(file.path, in: tip, repository) ?? []
            for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
                if let entry = JournalEntry(line) { return entry }
            }
        }
        return nil
    }
}
