public import Git
public import Resources
public import Workspace

/// Whether what a commit on the results branch says follows from the snapshot and the policy that it names.
public struct Verification: Sendable {
    public let scan: RecordedScan
    /// Files that were made again, the message included.
    public let count: Int
    /// Those of them that differ, and files that no scan writes; sorted.
    public let differing: [String]

    /// Makes the commit's files and its message again, and compares them byte for byte.
    public init(_ scan: RecordedScan, in repository: Repository, _ catalog: ResourceCatalog) throws(RecordedScan.Fault)
    {
        let outcome = try scan.judged(in: repository, catalog)
        self.scan = scan
        do throws(GitError) {
            let parent = try repository.parents(of: scan.results).first
            let made = outcome.reports(
                after: try PreviousResults(of: scan.tenant, in: parent, repository), scan.origin)
            // What is of other tenants stays as it was.
            var expected = try parent.map { commit throws(GitError) in try Self.files(repository, commit) } ?? [:]
            expected = expected.filter { !$0.key.hasPrefix("\(scan.tenant)/") }
            let untouched = expected.keys.count { $0 != Self.overview }
            expected[Self.overview] = try Repository.blobID(of: made.overview)
            for file in made.files { expected["\(scan.tenant)/\(file.path)"] = try Repository.blobID(of: file.bytes) }
            let found = try Self.files(repository, scan.results)
            var differing = Set(expected.keys).union(found.keys).filter { expected[$0] != found[$0] }
            let message = made.message + "Parapet-Snapshot: \(scan.snapshot)\n"
            if try repository.message(of: scan.results) != message { differing.insert(Self.message) }
            self.differing = differing.sorted()
            count = expected.count - untouched + 1
        } catch {
            throw RecordedScan.Fault(message: error.message)
        }
    }

    public var holds: Bool { differing.isEmpty }

    private static let message = "the commit's message"
    private static let overview = "README.md"

    private static func files(_ repository: Repository, _ commit: ObjectID) throws(GitError) -> [String: ObjectID] {
        Dictionary(try repository.entries(ofCommit: commit).map { ($0.path, $0.id) }) { first, _ in first }
    }
}
