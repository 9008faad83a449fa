internal import AWSModels
internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Review
internal import Rules
internal import Workspace

/// `parapet review`
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Shows what a change of the configuration does to the findings of the last scans.",
        discussion: """
            Two revisions are compared on each tenant's newest recorded snapshot: findings that appear, disappear, get \
            worse or are waived, scores, controls, and what becomes unknown. No cloud is asked, and the repository is only \
            read.

            Without --base, it is the commit at which the head left origin's default branch. In a job of GitHub Actions for \
            a pull request or a merge group, base and head are those of the event, and the review is posted there: a \
            comment, a check run, the job's summary. With --pr, this works anywhere. What decides is the base's: \
            its threshold, its limits and approvers of waivers, its branches. A waiver that the head adds or changes \
            counts once an approver has approved it.

            + opened or no longer waived, ▲ worse, ~ otherwise changed, ? cannot be judged any more, x not judged any \
            more, w waived, - resolved.

            Exit codes: 1 the change opens findings at or above the threshold, or tests of its rules fail; 2 the head's \
            configuration has errors; 3 a snapshot is too old or cannot be read, or more becomes unknown than allowed; 4 \
            GitHub failed once the review was made.
            """)

    @Option(name: .long, help: ArgumentHelp("The revision that is changed.", valueName: "rev"))
    var base: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The revision with the change; the pull request's where there is one, else HEAD.", valueName: "rev"))
    var head: String?

    @Option(name: .long, help: "Only this tenant; can be given several times.")
    var tenant: [String] = []

    @OptionGroup var gate: ReviewGateOptions

    @Option(
        name: [.customShort("C"), .long], help: ArgumentHelp("The repository, or a folder in it.", valueName: "dir"))
    var repository = "."

    @Option(name: .long, help: "text, markdown or json.")
    var format: ReviewFormat = .text

    @OptionGroup(title: "On GitHub") var posting: ReviewPosting

    func run() async throws {
        let content = try BuiltinContent.load()
        let moment = Timestamp.now()
        let scene = try ReviewScene(posting)
        let revisions = try await scene.revisions(in: repository, base: base, head: head)
        let reviewer: Reviewer
        do {
            reviewer = try Reviewer(
                revisions.repository, base: revisions.base, catalog: content.catalog,
                regions: content.endpoints.knownRegions, version: Parapet.version)
        } catch {
            Console.standard.show(error.diagnostics)
            throw CommandFailure(.configuration, error.message)
        }
        var review = try self.review(reviewer, revisions, .unavailable("this is no review of a pull request"), moment)
        if let approvals = await scene.approvals(of: review, revisions, reviewer.settings) {
            review = try self.review(reviewer, revisions, approvals, moment)
        }
        if let head = revisions.shownHead { review.head = head }
        try checkTenants(review)
        let verdict = ReviewVerdict(review, by: try gate.gate(of: reviewer, review))
        let status = try await scene.post(
            review, verdict, reviewer.settings, at: moment, tenants: tenant,
            show: { show(review, verdict, moment, scene) })
        if status != .good { throw status }
    }

    private func review(
        _ reviewer: Reviewer, _ revisions: ReviewRevisions, _ approvals: Approvals, _ moment: Timestamp
    ) throws(CommandFailure) -> Review {
        do {
            return try reviewer.review(
                revisions.head, approvals: approvals, at: moment,
                tenants: { tenant.isEmpty || tenant.contains($0) })
        } catch {
            throw CommandFailure(.configuration, error.message)
        }
    }

    private func show(_ review: Review, _ verdict: ReviewVerdict, _ moment: Timestamp, _ scene: ReviewScene) {
        let console = Console.standard
        switch format {
        case .json: console.print(ReviewJSON.render(review, verdict))
        case .markdown:
            let markdown = ReviewMarkdown(review, verdict: verdict, links: scene.links, at: moment, selection: tenant)
            console.print(lines: console.inLog(markdown.text(.everything)))
        case .text:
            console.show(review.diagnostics)
            console.print(ReviewText(review, verdict, console.output).text)
        }
    }

    /// A name that nobody has would hide that nothing was compared.
    private func checkTenants(_ review: Review) throws(CommandFailure) {
        guard !review.diagnostics.contains(where: { $0.severity == .error }) else { return }
        let known = review.tenants.map(\.name)
        for name in tenant where !known.contains(name) {
            throw CommandFailure(.configuration, "neither base nor head has a tenant `\(name)`")
        }
    }
}

enum ReviewFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
}

extension ExitStatus {
    init(_ conclusion: ReviewVerdict.Conclusion) {
        self =
            switch conclusion {
            case .passed: .good
            case .findings: .findings
            case .configuration: .configuration
            case .incomplete: .incomplete
            }
    }
}
