public import GitHub

/// Where a review happens: in a job of GitHub Actions, or at somebody's desk for a pull request that they name.
public struct ReviewOccasion: Sendable {
    public let api: GitHubAPI
    /// Nil where nobody says which it is: nothing can be posted then.
    public let repository: RepositoryName?
    public let pullRequest: Int64?
    /// The commits that the event of a pull request or of a merge group names.
    public let base: String?
    public let head: String?
    /// What GitHub made of both, to be checked out: of a pull request alone.
    public let merge: String?
    /// Whether there is something to post the review to: a pull request or a merge group.
    public var isPosted: Bool { pullRequest != nil || head != nil }
    /// Whether the change comes from another repository: then a job's token only reads.
    public let isFork: Bool
    public let isInActions: Bool
    /// The page of the job, and the file of its summary.
    public let job: String?
    public let summaryFile: String?

    /// - Parameters:
    ///   - environment: `GITHUB_*`
    ///   - event: the bytes of the file that `GITHUB_EVENT_PATH` names; nil where it cannot be read.
    ///   - pullRequest: instead of the event's.
    ///   - repository: `owner/name`, instead of GITHUB_REPOSITORY.
    /// - Throws: where the job's facts contradict each other, or GitHub's events are none on which Parapet runs.
    public init(
        environment: [String: String], event: [UInt8]?, pullRequest: Int64? = nil, repository: String? = nil
    ) throws(GitHubError) {
        var named: RepositoryName?
        if let repository {
            guard let name = RepositoryName(repository) else {
                throw GitHubError(.invalidConfiguration, "`\(repository.prefix(200))` is no repository: OWNER/NAME")
            }
            named = name
        }
        guard ActionsEnvironment.isRunning(in: environment) else {
            api = try GitHubAPI(environment: environment)
            self.repository =
                named ?? environment["GITHUB_REPOSITORY"].flatMap { $0.isEmpty ? nil : RepositoryName($0) }
            self.pullRequest = pullRequest
            (base, head, merge, job, summaryFile) = (nil, nil, nil, nil, nil)
            (isFork, isInActions) = (false, false)
            return
        }
        guard let event else {
            throw GitHubError(.invalidEvent, "the event's file cannot be read", help: "GITHUB_EVENT_PATH names it")
        }
        let actions = try ActionsEnvironment(environment: environment, event: event)
        api = actions.api
        self.repository = named ?? actions.repository
        let isOther =
            pullRequest.map { $0 != actions.pullRequest } ?? false || named.map { $0 != actions.repository } ?? false
        self.pullRequest = pullRequest ?? (isOther ? nil : actions.pullRequest)
        // Of another pull request, the event says nothing.
        switch isOther ? .other("") : actions.event {
        case .pullRequest(let request):
            (base, head, merge) = (request.base, request.head, actions.commit)
            isFork = request.isFork
        case .mergeGroup(let before, let after): (base, head, merge, isFork) = (before, after, nil, false)
        default: (base, head, merge, isFork) = (nil, nil, nil, false)
        }
        isInActions = true
        job = actions.runURL
        summaryFile = actions.summaryFile
    }
}
