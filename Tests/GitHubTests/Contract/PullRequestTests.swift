import Documents
import GitHub
import GitHubStage
import Testing

extension ContractTests {
    @Suite struct PullRequestTests {
        @Test(arguments: [false, true]) func itsFactsAreRead(isFork: Bool) async throws {
            var seed = Seed()
            seed.pull["fork"] = .bool(isFork)
            seed.pull["draft"] = .bool(isFork)
            seed.pull["user"] = "carol"
            let stage = try await Stage(seed)
            let request = try await stage.client(.reader).pullRequest(7)
            #expect(request.number == 7)
            #expect(request.author == "carol")
            #expect(request.head == Seed.head)
            #expect(request.base == Seed.base)
            #expect(request.baseBranch == "main")
            #expect(request.isFork == isFork)
            #expect(request.isDraft == isFork)
            #expect(request.headRepository?.description == (isFork ? "mallory/posture" : "octo/posture"))
            let error = await #expect(throws: GitHubError.self) { _ = try await stage.client().pullRequest(8) }
            #expect(error?.description == "GET /repos/octo/posture/pulls/8: 404: Not Found")
            try await stage.expectNoErrors()
        }

        @Test(arguments: [0, 1, 100, 101, 450]) func allChangedFilesAreListed(count: Int) async throws {
            var seed = Seed()
            seed.pull["files"] = .array(
                (0..<count).map { ["filename": .string("tenants/\($0).yaml"), "status": "modified"] })
            let stage = try await Stage(seed)
            let client = try stage.client()
            let changed = try await client.changedFiles(of: client.pullRequest(7))
            #expect(changed.files.map(\.path) == (0..<count).map { "tenants/\($0).yaml" })
            #expect(changed.isComplete)
            try await stage.expectNoErrors()
        }

        @Test func aListThatGitHubCutsIsNotComplete() async throws {
            var seed = Seed()
            seed.pull["files"] = .array(
                (0..<3_005).map { ["filename": .string("\($0)"), "status": "added"] })
            let stage = try await Stage(seed)
            let client = try stage.client()
            let changed = try await client.changedFiles(of: client.pullRequest(7))
            #expect(changed.files.count == 3_000)
            #expect(!changed.isComplete)
            try await stage.expectNoErrors()
        }

        @Test func aListWithTooManyPagesIsAnError() async throws {
            var seed = Seed()
            seed.comments = (0..<201).map { ("alice", "\($0)") }
            let stage = try await Stage(seed)
            let error = await #expect(throws: GitHubError.self) {
                _ = try await stage.comment("x").publish(with: stage.client { $0.maximumPages = 2 })
            }
            #expect(error?.code == .tooManyPages)
            try await stage.expectNoErrors()
        }

        @Test func theLatestReviewCounts() async throws {
            let old = String(repeating: "c", count: 40)
            func review(_ user: JSON, _ state: JSON, _ commit: String = Seed.head) -> JSON {
                ["user": user, "state": state, "commit_id": .string(commit)]
            }
            var seed = Seed()
            seed.pull["reviews"] = .array(
                [
                    review("Ann", "APPROVED"), review("Ann", "COMMENTED"), review("ben", "APPROVED"),
                    review("ben", "CHANGES_REQUESTED"), review("cid", "CHANGES_REQUESTED"), review("cid", "APPROVED"),
                    review("dora", "APPROVED", old), review("eve", "APPROVED"), review("eve", "DISMISSED"),
                    review("fay", "APPROVED"), review("fay", "APPROVED", old), review(nil, "APPROVED"),
                    review("gus", "PENDING"),
                ] + (0..<100).map { review(.string("many\($0)"), "COMMENTED") } + [review("zoe", "APPROVED")])
            let stage = try await Stage(seed)
            #expect(try await stage.client().approvals(of: 7, head: Seed.head) == ["ann", "cid", "zoe"])
            try await stage.expectNoErrors()
        }

        @Test func membersOfATeamAreKnown() async throws {
            var seed = Seed()
            seed.teams = ["octo/security": ["ann": "active", "ben": "pending"]]
            let stage = try await Stage(seed)
            let client = try stage.client(.reader)
            let team = try #require(TeamName("@octo/Security"))
            #expect(try await client.isMember("ann", of: team))
            #expect(try await !client.isMember("ben", of: team))
            #expect(try await !client.isMember("cid", of: team))
            #expect(try await !client.isMember("../x", of: team))
            let error = await #expect(throws: GitHubError.self) {
                _ = try await client.isMember("ann", of: try #require(TeamName("octo/other")))
            }
            #expect(error?.code == .notFound)
            #expect(error?.help?.contains("members: read") == true)
            #expect(TeamName("@octo") == nil && TeamName("octo/a/b") == nil && TeamName("@octo/a?b") == nil)
            try await stage.expectNoErrors()
        }

        @Test(arguments: ["public", "private", "internal"]) func theAudienceIsKnown(visibility: String) async throws {
            var seed = Seed()
            seed.visibility = visibility
            let stage = try await Stage(seed)
            #expect(try await stage.client(.reader).audience().rawValue == visibility)
            try await stage.expectNoErrors()
        }
    }
}
