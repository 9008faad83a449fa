internal import Documents

/// The files that a pull request changes.
public struct ChangedFiles: Sendable, Equatable {
    public struct File: Sendable, Equatable {
        public let path: String
        /// `added`, `modified`, `removed`, `renamed`, ...
        public let status: String
        /// Before a renaming.
        public let previousPath: String?
    }

    public let files: [File]
    /// False where there are, or may be, more: GitHub lists 3,000 at most.
    public let isComplete: Bool

    /// How many GitHub lists.
    static let most = 3_000
}

extension GitHubClient {
    public func changedFiles(of request: PullRequest) async throws(GitHubError) -> ChangedFiles {
        let path = "\(path)/pulls/\(request.number)/files"
        let items = try await list(path, needs: .pullRequestsRead)
        var files: [ChangedFiles.File] = []
        for item in items {
            guard let name = item["filename"]?.string, let status = item["status"]?.string else {
                throw GitHubError(.malformed, "GitHub lists a file without a name", call: "GET \(path)")
            }
            files.append(
                ChangedFiles.File(path: name, status: status, previousPath: item["previous_filename"]?.string))
        }
        return ChangedFiles(
            files: files, isComplete: Int64(files.count) >= request.changedFiles ?? 0 && files.count < ChangedFiles.most
        )
    }
}
