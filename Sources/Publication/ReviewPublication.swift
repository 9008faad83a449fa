public import Documents
public import GitHub
public import Review

/// Posts a review: a comment in the pull request, a check run or a commit status, the job's summary, and lines for the
/// workflow's runner.
public struct ReviewPublication: Sendable {
    let review: Review
    let verdict: ReviewVerdict
    let markdown: ReviewMarkdown
    let checks: ReviewChecks
    let settings: Settings

    public struct Settings: Sendable {
        public var pullRequest: Int64?
        /// Nil: no comment.
        public var comment: StickyComment.Mode? = .update
        public var makesCheck = true
        /// `results.allow_public` of the base.
        public var allowsPublic = false
        /// What tells the comment from those of other reviews in the same pull request: the folder of the configuration.
        public var project = ""
        /// The tenants that were asked for; empty: all.
        public var selection: [String] = []
        /// Whether the change comes from another repository.
        public var isFork = false
        /// Whether a runner reads what is printed.
        public var isInActions = false
        /// The page of the job, and the file of its summary.
        public var job: String?
        public var summaryFile: String?

        public init() {}

        public init(_ occasion: ReviewOccasion) {
            pullRequest = occasion.pullRequest
            isFork = occasion.isFork
            isInActions = occasion.isInActions
            job = occasion.job
            summaryFile = occasion.summaryFile
        }
    }

    /// - Parameters:
    ///   - api: for links.
    ///   - moment: of the review.
    public init(
        _ review: Review, verdict: ReviewVerdict, api: GitHubAPI, repository: RepositoryName, at moment: Timestamp,
        settings: Settings
    ) {
        self.review = review
        self.verdict = verdict
        self.settings = settings
        markdown = ReviewMarkdown(
            review, verdict: verdict,
            links: ReviewLinks(server: api.server, repository: repository.description, job: settings.job), at: moment,
            selection: settings.selection)
        checks = ReviewChecks(review, verdict: verdict, markdown: markdown, selection: settings.selection)
    }

    /// By which the comment is found again: one for each folder of configuration and selection of tenants.
    public static func marker(project: String, selection: [String]) -> CommentMarker {
        let tenants = Set(selection).sorted { $0.precedesByBytes($1) }
        let parts = ["review"] + (project.isEmpty ? [] : [project]) + (tenants.isEmpty ? [] : ["of"] + tenants)
        return CommentMarker(parts.joined(separator: "/"))
    }

    /// Posts all that can be posted: what fails does not stop the rest.
    public func publish(with client: GitHubClient) async -> Outcome {
        var run = PublicationRun(publication: self, client: client)
        await run.run()
        if let plan = client.plan { run.outcome.planned = await plan.requests }
        return run.outcome
    }

    /// What has happened.
    public struct Outcome: Sendable, Equatable {
        public enum State: Sendable, Equatable {
            case posted
            /// Everyone can read the repository: nothing was posted, and nothing is to be printed for the runner.
            case isPublic
            /// The pull request has another head by now: nothing was posted.
            case superseded
            /// Some of it, or nothing, could be posted.
            case failed
        }

        public var state = State.posted
        /// Whether those who read the repository may read the review: where everyone can, or may be able to, not even a
        /// job's log should have it.
        public var mayBeShown = true
        /// What was posted, and how: `comment created: https://...`.
        public var done: [String] = []
        /// What the token does not allow, and what else does not matter much.
        public var warnings: [String] = []
        public var failures: [Failure] = []
        /// Lines for the workflow's runner, which reads standard error too.
        public var commandLines: [String] = []
        /// The writes of a dry run.
        public var planned: [PlannedRequest] = []

        public struct Failure: Sendable, Equatable {
            /// `the comment`
            public var what: String
            public var error: GitHubError
        }
    }
}
