internal import Documents

/// What is known of a pull request.
public struct PullRequest: Sendable, Equatable {
    public let number: Int64
    /// Empty where the account is gone.
    public let author: String
    /// Commits' ids.
    public let head: String
    public let base: String
    /// The branch it is to be merged into.
    public let baseBranch: String
    /// Nil where the fork is gone.
    public let headRepository: RepositoryName?
    public let isFork: Bool
    public let isDraft: Bool
    /// How many files it changes; nil in events that do not say.
    public let changedFiles: Int64?

    /// Of the API's answer or of an event; nil for what is no pull request.
    init?(_ json: JSON) {
        guard let number = json["number"]?.integer, let head = json["head"]?["sha"]?.string,
            let base = json["base"]?["sha"]?.string, CommitName.isPlain(head), CommitName.isPlain(base),
            let branch = json["base"]?["ref"]?.string,
            let repository = json["base"]?["repo"]?["full_name"]?.string.flatMap({ RepositoryName($0) })
        else { return nil }
        self.number = number
        self.head = head
        self.base = base
        baseBranch = branch
        author = json["user"]?["login"]?.string ?? ""
        headRepository = json["head"]?["repo"]?["full_name"]?.string.flatMap { RepositoryName($0) }
        isFork = headRepository != repository
        isDraft = json["draft"]?.bool ?? false
        changedFiles = json["changed_files"]?.integer
    }
}

/// The full id of a commit.
enum CommitName {
    /// 40 or 64 lower-case hexadecimal digits.
    static func isPlain(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// The id, nil for the one of zeros that stands for "none" in events.
    static func some(_ text: String?) -> String? {
        guard let text, isPlain(text), text.utf8.contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
        return text
    }
}

extension GitHubClient {
    public func pullRequest(_ number: Int64) async throws(GitHubError) -> PullRequest {
        let path = "\(path)/pulls/\(number)"
        guard let request = PullRequest(try await read(path, needs: .pullRequestsRead)) else {
            throw GitHubError(.malformed, "GitHub's answer is no pull request", call: "GET \(path)")
        }
        return request
    }
}
