internal import Documents

/// Where the links of a review lead: a repository's pages on a GitHub server.
public struct ReviewLinks: Sendable, Equatable {
    /// `https://github.com`, without a slash at the end.
    public var server: String
    /// `acme/posture`
    public var repository: String
    /// The page of the job that made the review.
    public var job: String?

    public init(server: String, repository: String, job: String? = nil) {
        self.server = server
        self.repository = repository
        self.job = job
    }

    /// A file as it is at a commit, at a line. Nil where the commit is no full id.
    func file(_ path: String, line: Int?, at commit: String) -> String? {
        guard Self.isCommit(commit) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return nil }
        let escaped = parts.map(\.percentEncoded).joined(separator: "/")
        return "\(server)/\(repository)/blob/\(commit)/\(escaped)" + (line.map { "#L\($0)" } ?? "")
    }

    func commit(_ id: String) -> String? { Self.isCommit(id) ? "\(server)/\(repository)/commit/\(id)" : nil }

    private static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
