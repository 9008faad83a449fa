import Documents
import GitHub
import GitHubStage
import Publication
import Review
import Testing

extension ReviewPublicationTests {
    private func approvals(
        _ reviews: [JSON], teams: JSON = [:], as account: Stage.Account = .reader, accounts: [String] = ["@Ann"],
        approvers: [String] = ["@octo/security"]
    ) async throws -> (approvals: Approvals, stage: Stage) {
        var seed = Seed()
        seed.pull["user"] = "carol"
        seed.pull["reviews"] = .array(reviews)
        seed.teams = teams
        let stage = try await self.stage(seed)
        let reading = ApprovalReading(pullRequest: 7, head: Seed.head, accounts: accounts, approvers: approvers)
        return (await reading.read(with: try stage.client(account)), stage)
    }

    private func review(_ user: JSON, _ state: JSON = "APPROVED", _ commit: String = Seed.head) -> JSON {
        ["user": user, "state": state, "commit_id": .string(commit)]
    }

    @Test func approvalsOfTheHeadAreRead() async throws {
        let old = String(repeating: "c", count: 40)
        let (approvals, stage) = try await approvals(
            [review("Ann"), review("ben", "APPROVED", old), review("cid", "CHANGES_REQUESTED")],
            teams: ["octo/security": ["ann": "active", "ben": "active"]])
        guard case .known(let known) = approvals else {
            Issue.record("\(approvals)")
            return
        }
        #expect(known.author == "carol")
        #expect(known.approvedHead == ["ann"])
        #expect(known.teams == ["octo/security": ["ann"]])
        #expect(try await stage.server.requests().count <= 4)
        try await stage.expectNoErrors()
    }

    /// A job's token does not show teams: then nobody claims that they are empty.
    @Test func aTeamThatCannotBeReadIsLeftOut() async throws {
        let (approvals, stage) = try await approvals([review("ann")])
        guard case .known(let known) = approvals else {
            Issue.record("\(approvals)")
            return
        }
        #expect(known.approvedHead == ["ann"])
        #expect(known.teams == [:])
        try await stage.expectNoErrors()
    }

    @Test func withoutWaiversNoTeamIsAskedFor() async throws {
        let (_, stage) = try await approvals([review("ann")], accounts: [])
        #expect(try await stage.server.requests() == ["GET pulls/get", "GET pulls/list-reviews"])
    }

    @Test func whoCannotAskSaysSo() async throws {
        let (approvals, stage) = try await approvals([], as: .nobody)
        guard case .unavailable(let reason) = approvals else {
            Issue.record("\(approvals)")
            return
        }
        #expect(reason == "there is no token for GitHub")
        #expect(try await stage.server.requests() == [])
        try await stage.server.inject([["kind": "r500", "times": 99, "match": ["op": "pulls/list-reviews"]]])
        let reading = ApprovalReading(pullRequest: 7, head: Seed.head, accounts: [], approvers: [])
        guard case .unavailable(let reason) = await reading.read(with: try stage.client()) else {
            Issue.record("known")
            return
        }
        #expect(reason.contains("/pulls/7/reviews: 500"))
    }
}
