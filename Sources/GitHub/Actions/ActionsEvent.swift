internal import Documents

/// What has started a workflow.
public enum ActionsEvent: Sendable, Equatable {
    /// Of `pull_request` and of `pull_request_review`.
    case pullRequest(PullRequest)
    /// A group of pull requests on its way into a branch.
    case mergeGroup(base: String, head: String)
    /// Commits are nil where the branch is new, or was deleted.
    case push(before: String?, after: String?, reference: String)
    case schedule
    case workflowDispatch
    /// A comment on an issue; the number is one of a pull request where `isPullRequest`.
    case issueComment(number: Int64, isPullRequest: Bool)
    /// One that says nothing to us.
    case other(String)

    /// The most bytes that an event may have: GitHub's own limit.
    static let mostBytes = 25 << 20

    /// - Parameters:
    ///   - name: of `GITHUB_EVENT_NAME`.
    ///   - payload: the file of `GITHUB_EVENT_PATH`.
    init(name: String, payload: JSON) throws(GitHubError) {
        switch name {
        case "pull_request", "pull_request_review":
            guard let request = payload["pull_request"].flatMap(PullRequest.init) else { throw Self.invalid(name) }
            self = .pullRequest(request)
        case "pull_request_target":
            throw GitHubError(
                .refusedEvent,
                "Parapet does not run on `pull_request_target`: such a job can write and knows secrets, while anybody "
                    + "can make the pull request that it reads",
                help: "use `on: pull_request`")
        case "merge_group":
            guard let group = payload["merge_group"], let base = CommitName.some(group["base_sha"]?.string),
                let head = CommitName.some(group["head_sha"]?.string)
            else { throw Self.invalid(name) }
            self = .mergeGroup(base: base, head: head)
        case "push":
            guard let reference = payload["ref"]?.string, reference.utf8.count <= 1_024,
                payload["before"]?.string.map(CommitName.isPlain) == true,
                payload["after"]?.string.map(CommitName.isPlain) == true
            else { throw Self.invalid(name) }
            self = .push(
                before: CommitName.some(payload["before"]?.string), after: CommitName.some(payload["after"]?.string),
                reference: reference)
        case "schedule": self = .schedule
        case "workflow_dispatch": self = .workflowDispatch
        case "issue_comment":
            guard let number = payload["issue"]?["number"]?.integer, number > 0 else { throw Self.invalid(name) }
            self = .issueComment(number: number, isPullRequest: payload["issue"]?["pull_request"]?.object != nil)
        default: self = .other(String(name.inert.prefix(100)))
        }
    }

    private static func invalid(_ name: String) -> GitHubError {
        GitHubError(.invalidEvent, "the event's file is not what GitHub sends for `\(name)`")
    }
}
