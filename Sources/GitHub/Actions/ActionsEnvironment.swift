internal import Documents

/// What a job of GitHub Actions knows of itself. Pull requests decide about parts of it, so all of it is checked.
public struct ActionsEnvironment: Sendable, Equatable {
    public let repository: RepositoryName
    public let event: ActionsEvent
    public let api: GitHubAPI
    /// The page of this run.
    public let runURL: String?
    /// The folder of the checkout.
    public let workspace: String?
    /// The file of the job's summary.
    public let summaryFile: String?
    /// The commit of `GITHUB_SHA`: of a pull request a merge of both sides, not its head.
    public let commit: String?

    /// Whether this process runs in a job.
    public static func isRunning(in environment: [String: String]) -> Bool {
        environment["GITHUB_ACTIONS"] == "true"
    }

    /// - Parameter event: the bytes of the file that `GITHUB_EVENT_PATH` names.
    public init(environment: [String: String], event bytes: [UInt8]) throws(GitHubError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let repository = value("GITHUB_REPOSITORY").flatMap({ RepositoryName($0) }) else {
            throw GitHubError(.invalidConfiguration, "GITHUB_REPOSITORY names no repository")
        }
        guard let name = value("GITHUB_EVENT_NAME") else {
            throw GitHubError(.invalidConfiguration, "GITHUB_EVENT_NAME is not set")
        }
        guard bytes.count <= ActionsEvent.mostBytes else {
            throw GitHubError(.invalidEvent, "the event's file has more than 25 MiB")
        }
        guard let payload = try? JSON.parse(bytes), payload.object != nil else {
            throw GitHubError(.invalidEvent, "the event's file is no JSON object")
        }
        let event = try ActionsEvent(name: name, payload: payload)
        // A scheduled run's event names no repository.
        if let named = payload["repository"]?["full_name"]?.string, RepositoryName(named) != repository {
            throw GitHubError(.invalidEvent, "the event is one of another repository than GITHUB_REPOSITORY")
        }
        api = try GitHubAPI(environment: environment)
        self.repository = repository
        self.event = event
        workspace = value("GITHUB_WORKSPACE")
        summaryFile = value("GITHUB_STEP_SUMMARY")
        commit = CommitName.some(value("GITHUB_SHA"))
        runURL = Self.runURL(
            id: value("GITHUB_RUN_ID"), attempt: value("GITHUB_RUN_ATTEMPT"), server: api.server, repository)
    }

    /// The number of the pull request that the job is about.
    public var pullRequest: Int64? {
        switch event {
        case .pullRequest(let request): request.number
        case .issueComment(let number, isPullRequest: true): number
        default: nil
        }
    }

    /// The commit before the change.
    public var base: String? {
        switch event {
        case .pullRequest(let request): request.base
        case .mergeGroup(let base, _): base
        case .push(let before, _, _): before
        default: nil
        }
    }

    /// The commit that the change leads to.
    public var head: String? {
        switch event {
        case .pullRequest(let request): request.head
        case .mergeGroup(_, let head): head
        case .push(_, let after, _): after
        case .schedule, .workflowDispatch: commit
        case .issueComment, .other: nil
        }
    }

    /// Whether the change comes from another repository: then the job's token only reads. An event of a comment does not
    /// say.
    public var isFork: Bool {
        if case .pullRequest(let request) = event { request.isFork } else { false }
    }

    private static func runURL(
        id: String?, attempt: String?, server: String, _ repository: RepositoryName
    ) -> String? {
        guard let id = id.flatMap({ UInt64($0) }) else { return nil }
        let url = "\(server)/\(repository)/actions/runs/\(id)"
        return attempt.flatMap { UInt64($0) }.map { "\(url)/attempts/\($0)" } ?? url
    }
}
