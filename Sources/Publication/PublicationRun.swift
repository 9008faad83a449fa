internal import Documents
internal import GitHub
internal import Review

/// One attempt to post a review.
struct PublicationRun {
    let publication: ReviewPublication
    let client: GitHubClient
    var outcome = ReviewPublication.Outcome()
    private var isOver = false
    private var hasCheck = false
    /// What the token did not allow.
    private var refusals: [ReviewPublication.Outcome.Failure] = []

    init(publication: ReviewPublication, client: GitHubClient) {
        self.publication = publication
        self.client = client
    }

    private var settings: ReviewPublication.Settings { publication.settings }
    private var isDryRun: Bool { client.plan != nil }

    mutating func run() async {
        await checkAudience()
        if !isOver { await checkHead() }
        if !isOver { await comment() }
        if !isOver { await check() }
        if isOver { return }
        summary()
        if settings.isInActions, !hasCheck { outcome.commandLines = publication.checks.commandLines }
        judgeRefusals()
    }

    // MARK: Whether anything may be posted

    /// What is posted says how the accounts are configured.
    private mutating func checkAudience() async {
        guard !settings.allowsPublic else { return }
        do throws(GitHubError) {
            if try await client.audience() == .public {
                outcome.state = .isPublic
                outcome.mayBeShown = false
                isOver = true
            }
        } catch {
            // Whoever is nobody sees what everyone can see; some servers show them nothing.
            if !client.hasCredentials, error.code == .notFound || error.code == .unauthorized { return }
            fail("anything, as it is not known who can read the repository", error)
            outcome.mayBeShown = false
            isOver = true
        }
    }

    private mutating func checkHead() async {
        guard let number = settings.pullRequest, client.hasCredentials else { return }
        do throws(GitHubError) {
            let head = try await client.pullRequest(number).head
            if !head.hasSameBytes(as: publication.review.head) { supersede() }
        } catch {
            fail("anything, as the pull request cannot be read", error)
            isOver = true
        }
    }

    private mutating func supersede() {
        outcome.state = .superseded
        isOver = true
    }

    // MARK: Parts

    private mutating func comment() async {
        guard let number = settings.pullRequest, let mode = settings.comment, canSpeak("the comment") else { return }
        let comment = StickyComment(
            marker: ReviewPublication.marker(project: settings.project, selection: settings.selection),
            pullRequest: number, head: publication.review.head, bodies: publication.markdown.bodies, mode: mode)
        do throws(GitHubError) {
            let result = try await comment.publish(with: client)
            outcome.warnings += result.notes
            let place = result.comment.map { ": \($0.url)" } ?? ""
            switch result.action {
            case .created: outcome.done.append("comment created\(place)")
            case .updated: outcome.done.append("comment updated\(place)")
            case .replaced: outcome.done.append("comment replaced\(place)")
            case .unchanged: outcome.done.append("comment unchanged\(place)")
            case .planned: break
            case .superseded: supersede()
            case .notAllowed(let error): refusals.append(.init(what: "the comment", error: error))
            }
        } catch {
            fail("the comment", error)
        }
    }

    private mutating func check() async {
        guard settings.makesCheck, canSpeak("the check") else { return }
        do throws(GitHubError) {
            if client.canCreateCheckRuns {
                switch try await publication.checks.checkRun(detailsURL: settings.job).publish(with: client) {
                case .created(_, let url):
                    hasCheck = true
                    outcome.done.append("check run created" + (url.isEmpty ? "" : ": \(url)"))
                    return
                case .planned:
                    hasCheck = true
                    return
                case .notAllowed: break
                }
            }
            switch try await publication.checks.status(targetURL: settings.job).publish(with: client) {
            case .created: outcome.done.append("commit status set")
            case .unchanged: outcome.done.append("commit status unchanged")
            case .planned: break
            case .notAllowed(let error): refusals.append(.init(what: "the check", error: error))
            }
        } catch {
            fail("the check", error)
        }
    }

    /// In a dry run all is planned, whoever asks.
    private mutating func canSpeak(_ what: String) -> Bool {
        if client.hasCredentials || isDryRun { return true }
        let error = GitHubError(
            .invalidConfiguration, "there is no token", help: "set GITHUB_TOKEN, or PARAPET_GITHUB_APP_ID and its key")
        refusals.append(.init(what: what, error: error))
        return false
    }

    private mutating func summary() {
        guard let file = settings.summaryFile else { return }
        let text = publication.markdown.longest(within: JobSummary.longest)
        if isDryRun {
            outcome.done.append("the job's summary would get \(text.utf8.count) bytes")
            return
        }
        do throws(GitHubError) {
            switch try JobSummary.append(text, to: file) {
            case .written, .cut: outcome.done.append("job summary written")
            case .full: outcome.warnings.append("the job's summary has no room left")
            }
        } catch {
            fail("the job's summary", error)
        }
    }

    // MARK: What did not work

    private mutating func fail(_ what: String, _ error: GitHubError) {
        outcome.state = .failed
        outcome.failures.append(.init(what: what, error: error))
    }

    /// In a job, summary and annotations are left; elsewhere nobody would see the review.
    private mutating func judgeRefusals() {
        for refusal in refusals {
            if settings.isInActions {
                let why =
                    settings.isFork
                    ? "the token of a pull request from a fork only reads"
                    : "\(refusal.error)" + (refusal.error.help.map { " (\($0))" } ?? "")
                outcome.warnings.append("\(refusal.what) was not posted: \(why)")
            } else {
                fail(refusal.what, refusal.error)
            }
        }
    }
}
