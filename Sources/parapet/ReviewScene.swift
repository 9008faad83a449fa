internal import AWS
internal import Documents
internal import Git
internal import GitHub
internal import Glibc
internal import HTTP
internal import Posture
internal import Publication
internal import Review
internal import Workspace

/// Where a review happens: whom it asks on GitHub, and where it is posted.
struct ReviewScene {
    private let options: ReviewPosting
    private let occasion: ReviewOccasion
    /// Nil where nothing is to be posted.
    private let client: GitHubClient?

    init(_ options: ReviewPosting) throws(CommandFailure) {
        self.options = options
        let environment = ProcessEnvironment.current()
        do throws(GitHubError) {
            occasion = try ReviewOccasion(
                environment: environment, event: Self.event(environment), pullRequest: options.pullRequest,
                repository: options.repository)
            guard occasion.isPosted else {
                client = nil
                return
            }
            guard let repository = occasion.repository else {
                throw GitHubError(
                    .invalidConfiguration, "it is not known in which repository the pull request is",
                    help: "name it: --repo OWNER/NAME")
            }
            var configuration = GitHubClient.Configuration()
            configuration.userAgent = "parapet/\(Parapet.version)"
            if occasion.isInActions {
                configuration.onNewToken = { FileHandleText.write($0.maskCommand + "\n", to: STDERR_FILENO) }
            }
            client = GitHubClient(
                api: occasion.api, repository: repository, credentials: try GitHubCredentials(environment: environment),
                http: try Self.http(), configuration: configuration, plan: options.dryRun ? RequestPlan() : nil)
        } catch {
            throw CommandFailure(.configuration, error.message, help: error.help)
        }
    }

    private static func http() throws(GitHubError) -> HTTPClient {
        do {
            return try HTTPClient()
        } catch {
            throw GitHubError(.network, "the HTTP client does not start: \(error)")
        }
    }

    /// The bytes of the event's file, in a job.
    private static func event(_ environment: [String: String]) -> [UInt8]? {
        guard let path = environment["GITHUB_EVENT_PATH"], !path.isEmpty else { return nil }
        return try? InputFile.read(path, limit: 26 << 20)
    }

    /// Where links lead.
    var links: ReviewLinks? {
        occasion.repository.map {
            ReviewLinks(server: occasion.api.server, repository: $0.description, job: occasion.job)
        }
    }

    // MARK: Base and head

    /// The commits to compare: those that the command line names, else those of the pull request.
    ///
    /// Of a pull request, GitHub's merge of both sides is compared with the side that it was merged into, where both are
    /// here: then what the base got since they parted does not look undone.
    func revisions(
        in folder: String, base: String?, head: String?
    ) async throws(CommandFailure) -> ReviewRevisions {
        guard client != nil, base == nil || head == nil else {
            return try ReviewRevisions(folder, base: base, head: head ?? "HEAD")
        }
        if base == nil, head == nil, let merged = merged(in: folder) { return merged }
        var (knownBase, knownHead) = (occasion.base, occasion.head)
        if knownHead == nil, let number = occasion.pullRequest, let client {
            do throws(GitHubError) {
                let request = try await client.pullRequest(number)
                (knownBase, knownHead) = (request.base, request.head)
            } catch {
                throw CommandFailure(
                    .outside, "pull request \(number) cannot be read: \(error)",
                    help: error.help ?? "name both revisions: --base REV --head REV")
            }
        }
        let revisions = try ReviewRevisions(folder, base: base ?? knownBase, head: head ?? knownHead ?? "HEAD")
        noteIfBehind(revisions)
        return revisions
    }

    /// GitHub's merge of the pull request, where it is here and one of the event's head.
    private func merged(in folder: String) -> ReviewRevisions? {
        guard let merge = occasion.merge, let head = occasion.head,
            let repository = try? Repository.open(at: folder), let commit = try? repository.resolveCommit(merge),
            let parents = try? repository.parents(of: commit), parents.count == 2, parents[1].description == head,
            var revisions = try? ReviewRevisions(folder, base: parents[0].description, head: merge)
        else { return nil }
        revisions.shownHead = head
        return revisions
    }

    private func noteIfBehind(_ revisions: ReviewRevisions) {
        guard let isOnTop = try? revisions.repository.isAncestor(revisions.base, of: revisions.head), !isOnTop else {
            return
        }
        Console.standard.warning(
            "the head lacks what the base got since they parted: the review shows that as undone; merge the base into it"
        )
    }

    // MARK: Approvals

    /// Who has approved the head; nil where no waiver waits for that, or there is no pull request to ask for.
    func approvals(of review: Review, _ revisions: ReviewRevisions, _ settings: Settings) async -> Approvals? {
        guard let client, let number = occasion.pullRequest, !review.waivers.isEmpty else { return nil }
        return await ApprovalReading(
            pullRequest: number, head: revisions.shownHead ?? review.head,
            accounts: review.waivers.map(\.waiver.approvedBy), approvers: settings.waiverApprovers
        ).read(with: client)
    }

    // MARK: Posting

    /// Posts the review where there is something to post it to, and says what was done.
    ///
    /// - Parameter show: prints the review. In a job of a repository that everyone can read, it is not called: everyone can
    ///   read the log.
    /// - Returns: the exit code of review and posting together.
    func post(
        _ review: Review, _ verdict: ReviewVerdict, _ settings: Settings, at moment: Timestamp, tenants: [String],
        show: () -> Void
    ) async throws(CommandFailure) -> ExitStatus {
        let status = ExitStatus(verdict.conclusion)
        guard let client else {
            show()
            return status
        }
        if !occasion.isInActions { show() }
        var posting = ReviewPublication.Settings(occasion)
        let mode = options.commentMode ?? settings.gitHub.comment
        posting.comment = StickyComment.Mode(rawValue: mode.rawValue)
        posting.makesCheck = settings.gitHub.check && !options.noCheck
        posting.allowsPublic = settings.allowsPublic
        posting.selection = tenants
        let outcome = await ReviewPublication(
            review, verdict: verdict, api: occasion.api, repository: client.repository, at: moment, settings: posting
        ).publish(with: client)
        if occasion.isInActions, outcome.mayBeShown { show() }
        report(outcome, client.repository)
        return outcome.failures.isEmpty ? status : ExitStatus.worst([status, .outside])
    }

    private func report(_ outcome: ReviewPublication.Outcome, _ repository: RepositoryName) {
        let console = Console.standard
        for line in outcome.commandLines { FileHandleText.write(line + "\n", to: STDERR_FILENO) }
        for request in outcome.planned {
            console.note("would send \(request.method) \(request.path) \(request.body?.text() ?? "")")
        }
        for line in outcome.done { console.note(line) }
        for line in outcome.warnings { console.warning(line) }
        switch outcome.state {
        case .posted, .failed: break
        case .isPublic:
            console.error(
                "everyone can read \(repository): the review is posted nowhere, the exit code alone tells",
                help: "set `results: {allow_public: true}` in parapet.yaml of the base if that is meant")
        case .superseded:
            console.warning("the pull request has another head by now: nothing was posted for this one")
        }
        for failure in outcome.failures {
            console.error("not posted: \(failure.what): \(failure.error)", help: failure.error.help)
        }
    }
}
