import Documents
import GitHub
import GitHubStage
import HTTP
import Posture
import Publication
import Review
import Rules
import Testing

/// Reviews posted to a server that checks GitHub's contract.
@Suite(.serialized) struct ReviewPublicationTests {
    /// Of these tests alone: others begin anew on theirs.
    private static let server = Result { try ContractServer() }
    private static let snapshot = String(repeating: "5", count: 40)

    // MARK: Reviews

    static func finding(_ id: String, _ severity: Severity = .high) -> Finding {
        Finding(
            id: id, rule: "bucket-versioning", title: "Buckets keep versions", severity: severity,
            resource: ResourceReference(
                type: "AWS::S3::Bucket", id: id, arn: "arn:aws:s3:::\(id)", region: "eu-west-1"),
            console: "https://eu-west-1.console.aws.amazon.com/s3/buckets/\(id)", message: "\(id) keeps no versions",
            evidence: [Evidence(type: "AWS::S3::Bucket", id: id, pointer: "/Versioning", value: "Suspended")],
            remediation: .init(text: "Switch it on."), references: [], controls: [],
            firstSeen: Timestamp(seconds: 1_795_000_000))
    }

    static func review(_ count: Int = 1, head: String = Seed.head) -> Review {
        let change = TenantChange(
            collectedAt: Timestamp(seconds: 1_795_000_000), snapshot: snapshot, scoreBefore: 90,
            scoreAfter: count > 0 ? 80 : 90, opened: (0..<count).map { finding("bucket-\($0)") })
        var review = Review(
            base: Seed.base, head: head, tenants: [TenantReview(name: "prod", state: .compared(change))])
        review.places.rules = ["bucket-versioning": .init(path: "rules/versioning.yaml", line: 3)]
        return review
    }

    static func verdict(_ review: Review) -> ReviewVerdict {
        let isWorse = review.changes.contains { !$0.change.opened.isEmpty }
        return isWorse ? ReviewVerdict(.findings, reasons: ["findings at `high`"]) : ReviewVerdict(.passed)
    }

    static func post(
        _ review: Review, on stage: Stage, as client: GitHubClient,
        _ change: (inout ReviewPublication.Settings) -> Void = { _ in }
    ) async -> ReviewPublication.Outcome {
        var settings = ReviewPublication.Settings()
        settings.pullRequest = 7
        settings.isInActions = true
        change(&settings)
        return await ReviewPublication(
            review, verdict: verdict(review), api: client.api, repository: client.repository,
            at: Timestamp(seconds: 1_795_050_000), settings: settings
        ).publish(with: client)
    }

    func stage(_ seed: Seed = Seed()) async throws -> Stage {
        try await Stage(seed, server: Self.server.get())
    }

    private static func sticky(_ stage: Stage) async throws -> [ContractServer.Comment] {
        try await stage.server.comments().filter { $0.body.hasPrefix("<!-- parapet: review -->\n") }
    }

    private static func checkRuns(_ stage: Stage) async throws -> [JSON] {
        let runs = try await stage.server.repository()["check_runs"]
        return runs?.object?.map(\.value) ?? []
    }

    // MARK: Comment and check

    @Test func firstCommentThenUpdateThenNothing() async throws {
        let stage = try await stage()
        let first = await Self.post(Self.review(), on: stage, as: try stage.client())
        #expect(first.state == .posted)
        #expect(first.failures == [] && first.warnings == [])
        #expect(first.done.count == 2)
        #expect(first.done.first?.hasPrefix("comment created: https://") == true)
        #expect(first.commandLines == [])
        #expect(try await stage.server.requests().count <= 12)
        let comment = try #require(try await Self.sticky(stage).first)
        #expect(comment.user == "github-actions[bot]")
        #expect(comment.body.contains("Parapet: this change does not pass the gate"))

        let second = await Self.post(Self.review(2), on: stage, as: try stage.client())
        #expect(second.done.first?.hasPrefix("comment updated") == true)
        let third = await Self.post(Self.review(2), on: stage, as: try stage.client())
        #expect(third.done.first?.hasPrefix("comment unchanged") == true)
        #expect(try await Self.sticky(stage).map(\.id) == [comment.id])
        #expect(try await stage.count("POST issues/create-comment") == 1)
        #expect(try await stage.count("PATCH issues/update-comment") == 1)
        #expect(try await stage.count("POST checks/create") == 3)
        try await stage.expectNoErrors()
    }

    @Test func theCheckRunHasTheVerdictAndTheLines() async throws {
        let stage = try await stage()
        _ = await Self.post(Self.review(), on: stage, as: try stage.client())
        let run = try #require(try await Self.checkRuns(stage).first)
        let text = run.text()
        #expect(text.contains("\"failure\""))
        #expect(text.contains("rules/versioning.yaml"))
        #expect(text.contains("this change does not pass the gate"))
        try await stage.expectNoErrors()
    }

    @Test(arguments: [300, 2_000]) func overLongReviewsAreCut(count: Int) async throws {
        let stage = try await stage()
        let outcome = await Self.post(Self.review(count), on: stage, as: try stage.client()) {
            $0.job = "https://github.com/octo/posture/actions/runs/5"
        }
        #expect(outcome.state == .posted && outcome.failures == [])
        let comment = try #require(try await Self.sticky(stage).first)
        #expect(comment.body.utf16.count <= 65_536)
        #expect(comment.body.contains("](<https://github.com/octo/posture/actions/runs/5>)"))
        #expect(comment.body.contains("\(count) high"))
        try await stage.expectNoErrors()
    }

    @Test func theCommentIsFoundAmongMany() async throws {
        var seed = Seed()
        seed.comments = (0..<250).map { ("alice", "comment \($0)") }
        seed.comments[120] = ("github-actions[bot]", "<!-- parapet: review -->\nold")
        // Somebody else's is none of ours.
        seed.comments[3] = ("mallory", "<!-- parapet: review -->\nforged")
        let stage = try await stage(seed)
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client())
        #expect(outcome.done.first?.hasPrefix("comment updated") == true)
        #expect(try await stage.server.comments().count == 250)
        #expect(try await Self.sticky(stage).filter { $0.body.hasSuffix("forged") }.count == 1)
        try await stage.expectNoErrors()
    }

    @Test(arguments: [("hide", 2), ("recreate", 1), ("off", 0)]) func modes(mode: String, count: Int) async throws {
        let stage = try await stage()
        for number in [1, 2] {
            let outcome = await Self.post(Self.review(number), on: stage, as: try stage.client()) {
                $0.comment = StickyComment.Mode(rawValue: mode)
                $0.makesCheck = false
            }
            #expect(outcome.state == .posted && outcome.failures == [])
            // Without a check run, the runner is told.
            #expect(outcome.commandLines.contains { $0.hasPrefix("::error file=rules/versioning.yaml,line=3,") })
        }
        #expect(try await stage.server.comments().count == count)
        #expect(try await stage.count("POST checks/create") == 0)
        try await stage.expectNoErrors()
    }

    @Test func eachSelectionHasACommentOfItsOwn() async throws {
        let stage = try await stage()
        for selection in [[], ["prod"], ["b", "a"], ["a", "b"]] {
            _ = await Self.post(Self.review(), on: stage, as: try stage.client()) { $0.selection = selection }
        }
        #expect(
            Set(try await stage.server.comments().map { $0.body.prefix { $0 != "\n" } }) == [
                "<!-- parapet: review -->", "<!-- parapet: review/of/prod -->", "<!-- parapet: review/of/a/b -->",
            ])
        try await stage.expectNoErrors()
    }

    // MARK: Who asks

    @Test func anAppPostsToo() async throws {
        let stage = try await stage()
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client(.app))
        #expect(outcome.state == .posted && outcome.failures == [] && outcome.warnings == [])
        #expect(try await Self.sticky(stage).map(\.user) == ["posture-bot[bot]"])
        #expect(try await stage.count("POST checks/create") == 1)
        try await stage.expectNoErrors()
    }

    @Test func aPersonSetsAStatus() async throws {
        let stage = try await stage()
        for _ in 0..<2 {
            let outcome = await Self.post(Self.review(), on: stage, as: try stage.client(.person)) {
                $0.isInActions = false
            }
            #expect(outcome.state == .posted && outcome.failures == [] && outcome.commandLines == [])
        }
        #expect(try await stage.count("POST checks/create") == 0)
        #expect(try await stage.count("POST repos/create-commit-status") == 1)
        let status = try await stage.server.repository()["statuses"]?[Seed.head]?.array?.first
        #expect(status?["state"]?.string == "failure")
        #expect(status?["context"]?.string == "parapet")
        try await stage.expectNoErrors()
    }

    @Test func aForkGetsAnnotationsAndASummary() async throws {
        var seed = Seed()
        seed.pull["fork"] = true
        let stage = try await stage(seed)
        let file = try TemporaryFile()
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client(.fork)) {
            $0.isFork = true
            $0.summaryFile = file.path
        }
        #expect(outcome.state == .posted && outcome.failures == [])
        #expect(
            outcome.warnings
                == ["the comment", "the check"].map {
                    "\($0) was not posted: the token of a pull request from a fork only reads"
                })
        #expect(outcome.commandLines.first?.hasPrefix("::error title=Parapet%3A ") == true)
        #expect(outcome.commandLines.allSatisfy { !$0.contains("\n") })
        #expect(try file.text().contains("Parapet: this change does not pass the gate"))
        #expect(try await stage.server.comments().isEmpty)
        try await stage.expectNoErrors()
    }

    /// At a desk nobody would see the review: that is a failure.
    @Test(arguments: [Stage.Account.reader, .nobody]) func atADeskNotBeingAllowedIsAFailure(
        account: Stage.Account
    ) async throws {
        let stage = try await stage()
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client(account)) {
            $0.isInActions = false
        }
        #expect(outcome.state == .failed)
        #expect(outcome.failures.map(\.what) == ["the comment", "the check"])
        #expect(try await stage.server.comments().isEmpty)
        try await stage.expectNoErrors()
    }

    @Test func anEnterpriseServerHasAPrefix() async throws {
        let stage = try await Stage(Seed(), server: ContractServer(prefix: "/api/v3"))
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client())
        #expect(outcome.state == .posted && outcome.failures == [] && outcome.done.count == 2)
        try await stage.expectNoErrors()
    }

    // MARK: What must not be posted

    @Test func nothingIsPostedWhereEverybodyReads() async throws {
        var seed = Seed()
        seed.visibility = "public"
        let stage = try await stage(seed)
        let file = try TemporaryFile()
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client()) { $0.summaryFile = file.path }
        #expect(outcome.state == .isPublic)
        #expect(outcome.commandLines == [] && outcome.done == [])
        #expect(try file.text() == "")
        #expect(try await stage.server.requests() == ["GET repos/get"])
        let allowed = await Self.post(Self.review(), on: stage, as: try stage.client()) { $0.allowsPublic = true }
        #expect(allowed.state == .posted && allowed.done.count == 2)
        try await stage.expectNoErrors()
    }

    @Test func nothingIsPostedWhereItIsNotKnownWhoReads() async throws {
        let stage = try await stage()
        try await stage.server.inject([["kind": "r500", "times": 99, "match": ["op": "repos/get"]]])
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client())
        #expect(outcome.state == .failed && outcome.done == [] && outcome.commandLines == [])
        #expect(outcome.failures.first?.what == "anything, as it is not known who can read the repository")
        #expect(try await stage.server.comments().isEmpty)
    }

    @Test func nothingIsPostedOfAnOlderHead() async throws {
        let stage = try await stage()
        let old = String(repeating: "c", count: 40)
        let outcome = await Self.post(Self.review(head: old), on: stage, as: try stage.client())
        #expect(outcome.state == .superseded && outcome.done == [] && outcome.commandLines == [])
        #expect(try await stage.server.requests() == ["GET repos/get", "GET pulls/get"])
        // It moves while the comments are read.
        let moving = try await self.stage()
        let second = await Self.post(
            Self.review(), on: moving, as: try moving.client(transport: HeadMover(moving, after: "/comments")))
        #expect(second.state == .superseded)
        #expect(try await moving.server.comments().isEmpty)
        #expect(try await moving.count("POST checks/create") == 0)
        try await moving.expectNoErrors()
    }

    // MARK: Failures

    @Test func aLostAnswerMakesNoSecondComment() async throws {
        let stage = try await stage()
        try await stage.server.inject([["kind": "applied_then_reset", "match": ["op": "issues/create-comment"]]])
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client())
        #expect(outcome.state == .posted && outcome.failures == [])
        #expect(try await Self.sticky(stage).count == 1)
        try await stage.expectNoErrors()
    }

    @Test func whatFailsDoesNotStopTheRest() async throws {
        let stage = try await stage()
        try await stage.server.inject([["kind": "r500", "times": 99, "match": ["op": "issues/list-comments"]]])
        let file = try TemporaryFile()
        let outcome = await Self.post(Self.review(), on: stage, as: try stage.client()) { $0.summaryFile = file.path }
        #expect(outcome.state == .failed)
        #expect(outcome.failures.map(\.what) == ["the comment"])
        #expect(outcome.done.contains { $0.hasPrefix("check run created") })
        #expect(outcome.done.last == "job summary written")
    }

    @Test(arguments: [Stage.Account.actions, .person, .nobody]) func aDryRunWritesNothing(
        account: Stage.Account
    ) async throws {
        let stage = try await stage()
        let file = try TemporaryFile()
        let outcome = await Self.post(
            Self.review(), on: stage, as: try stage.client(account, plan: RequestPlan())
        ) { $0.summaryFile = file.path }
        #expect(outcome.state == .posted && outcome.failures == [])
        #expect(outcome.planned.map(\.method) == ["POST", "POST"])
        #expect(outcome.planned.first?.path == "/repos/octo/posture/issues/7/comments")
        #expect(
            outcome.planned.last?.path
                == (account == .person
                    ? "/repos/octo/posture/statuses/\(Seed.head)" : "/repos/octo/posture/check-runs"))
        #expect(outcome.planned.first?.body?["body"]?.string?.contains("<!-- parapet: review -->") == true)
        #expect(try file.text() == "")
        #expect(try await stage.server.requests().allSatisfy { $0.hasPrefix("GET ") })
        try await stage.expectNoErrors()
    }

    /// A group on its way into a branch has no pull request of its own.
    @Test func aMergeGroupHasACheckAlone() async throws {
        let stage = try await stage()
        let outcome = await Self.post(Self.review(0), on: stage, as: try stage.client()) { $0.pullRequest = nil }
        #expect(outcome.done.count == 1)
        #expect(try await stage.server.comments().isEmpty)
        #expect(try await Self.checkRuns(stage).first?.text().contains("\"success\"") == true)
        try await stage.expectNoErrors()
    }
}
