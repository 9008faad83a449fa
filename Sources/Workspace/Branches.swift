/// The three branches that Parapet writes.
public struct Branches: Sendable, Equatable {
    public var snapshots: String
    public var results: String
    public var journal: String

    public init(_ settings: Settings) {
        snapshots = settings.snapshotsBranch
        results = settings.resultsBranch
        journal = settings.journalBranch
    }

    var all: [String] { [snapshots, results, journal] }

    public static func reference(_ branch: String) -> String { "refs/heads/\(branch)" }
    static func tracking(_ branch: String, of remote: String) -> String { "refs/remotes/\(remote)/\(branch)" }
}
