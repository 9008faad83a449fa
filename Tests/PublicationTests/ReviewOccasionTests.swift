import Documents
import GitHub
import Publication
import Testing

@Suite struct ReviewOccasionTests {
    private static let (base, head) = (String(repeating: "b", count: 40), String(repeating: "a", count: 40))
    private static let merge = String(repeating: "c", count: 40)

    private func environment(_ event: String) -> [String: String] {
        [
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/posture", "GITHUB_EVENT_NAME": event,
            "GITHUB_SHA": Self.merge, "GITHUB_RUN_ID": "5", "GITHUB_STEP_SUMMARY": "/tmp/summary",
            "GITHUB_SERVER_URL": "https://github.acme.example",
        ]
    }

    private func pullRequest(from: String = "acme/posture") -> [UInt8] {
        let event: JSON = [
            "pull_request": [
                "number": 7, "head": ["sha": .string(Self.head), "repo": ["full_name": .string(from)]],
                "base": ["sha": .string(Self.base), "ref": "main", "repo": ["full_name": "acme/posture"]],
            ]
        ]
        return event.bytes()
    }

    @Test(arguments: ["pull_request", "pull_request_review"]) func ofAPullRequest(event: String) throws {
        let occasion = try ReviewOccasion(environment: environment(event), event: pullRequest(from: "mallory/posture"))
        #expect(occasion.pullRequest == 7 && occasion.isFork && occasion.isPosted && occasion.isInActions)
        #expect([occasion.base, occasion.head, occasion.merge] == [Self.base, Self.head, Self.merge])
        #expect(occasion.job == "https://github.acme.example/acme/posture/actions/runs/5")
        #expect(occasion.api.root == "https://github.acme.example/api/v3")
        #expect(occasion.summaryFile == "/tmp/summary")
    }

    @Test func ofAMergeGroup() throws {
        let event: JSON = ["merge_group": ["base_sha": .string(Self.base), "head_sha": .string(Self.head)]]
        let occasion = try ReviewOccasion(environment: environment("merge_group"), event: event.bytes())
        #expect(occasion.pullRequest == nil && occasion.isPosted && !occasion.isFork)
        #expect([occasion.base, occasion.head, occasion.merge] == [Self.base, Self.head, nil])
    }

    @Test(arguments: ["schedule", "workflow_dispatch", "release"]) func otherEventsPostNothing(event: String) throws {
        let occasion = try ReviewOccasion(environment: environment(event), event: Array("{}".utf8))
        #expect(!occasion.isPosted && occasion.head == nil && occasion.base == nil)
    }

    /// The event speaks of its own pull request alone.
    @Test(arguments: [(8, nil), (7, "acme/other")] as [(Int64, String?)]) func anotherPullRequest(
        number: Int64, repository: String?
    ) throws {
        let occasion = try ReviewOccasion(
            environment: environment("pull_request"), event: pullRequest(), pullRequest: number, repository: repository)
        #expect(occasion.pullRequest == number && occasion.isPosted)
        #expect(occasion.head == nil && occasion.base == nil && occasion.merge == nil)
        let own = try ReviewOccasion(
            environment: environment("pull_request"), event: pullRequest(), pullRequest: 7, repository: "Acme/Posture")
        #expect(own.head == Self.head)
    }

    @Test func atADesk() throws {
        let none = try ReviewOccasion(environment: [:], event: nil)
        #expect(!none.isPosted && none.repository == nil && !none.isInActions)
        let one = try ReviewOccasion(environment: [:], event: nil, pullRequest: 7, repository: "acme/posture")
        #expect(one.isPosted && one.repository?.description == "acme/posture")
        #expect(throws: GitHubError.self) { try ReviewOccasion(environment: [:], event: nil, repository: "acme") }
    }

    @Test func whatAJobMustNotBe() {
        let error = #expect(throws: GitHubError.self) {
            try ReviewOccasion(environment: environment("pull_request_target"), event: pullRequest())
        }
        #expect(error?.code == .refusedEvent)
        #expect(throws: GitHubError.self) { try ReviewOccasion(environment: environment("pull_request"), event: nil) }
    }
}
