import Documents
import GitHub
import GitHubStage
import TestSupport
import Testing

extension ContractTests {
    /// Whatever GitHub does, one comment stands in the end, and nothing was posted twice.
    @Suite struct FaultTests {
        /// What a request to create a comment may meet without the comment being lost.
        static let survivable = [
            "secondary_403", "secondary_403_no_header", "primary_403", "r429", "r500", "r502_html", "r503", "truncate",
            "reset", "empty_body", "applied_then_502", "applied_then_reset", "bad_json", "ghost_list",
        ]

        @Test(arguments: survivable, ["POST", "PATCH", "GET"])
        func oneFault(kind: String, method: String) async throws {
            let stage = try await Stage()
            if method == "PATCH" { _ = try await stage.comment("old").publish(with: stage.client()) }
            try await stage.server.inject([["kind": .string(kind), "match": ["method": .string(method)]]])
            let outcome = try await stage.comment("text").publish(with: stage.client())
            #expect(outcome.action == (method == "PATCH" ? .updated : .created))
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("text")])
            #expect(try await stage.count("DELETE issues/delete-comment") == 0)
            try await stage.expectNoErrors()
        }

        @Test(arguments: ["applied_then_502", "applied_then_reset", "truncate", "empty_body", "bad_json"])
        func whatWasPostedAndLostIsFoundAndNotPostedAgain(kind: String) async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": .string(kind), "times": 5, "match": ["method": "POST"]]])
            let outcome = try await stage.comment("text").publish(with: stage.client())
            #expect(outcome.action == .created)
            #expect(try await stage.server.repository()["comments_created"] == 1)
            #expect(try await stage.count("POST issues/create-comment") == 1)
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("text")])
            try await stage.expectNoErrors()
        }

        @Test func aPostThatIsTooSlowIsFound() async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": "slow", "seconds": 2, "match": ["method": "POST"]]])
            let client = try stage.client { $0.requestTimeout = .milliseconds(400) }
            #expect(try await stage.comment("text").publish(with: client).action == .created)
            #expect(try await stage.count("POST issues/create-comment") == 1)
            #expect(try await stage.server.comments().count == 1)
            try await stage.expectNoErrors()
        }

        @Test func aPostThatWasNotAppliedIsPostedAgain() async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": "r500", "times": 2, "match": ["method": "POST"]]])
            #expect(try await stage.comment("text").publish(with: stage.client()).action == .created)
            #expect(try await stage.count("POST issues/create-comment") == 3)
            // Between them the comments were listed.
            let requests = try await stage.server.requests()
            for (a, b) in zip(requests, requests.dropFirst()) where a == "POST issues/create-comment" {
                #expect(b == "GET issues/list-comments")
            }
            try await stage.expectNoErrors()
        }

        @Test func twoThatPostAtOnceEndWithOne() async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": "duplicate_race", "match": ["method": "POST"]]])
            let outcome = try await stage.comment("text").publish(with: stage.client())
            #expect(outcome.deleted.count == 1)
            #expect(try await stage.server.comments().map(\.id) == [try #require(outcome.comment?.id)])
            try await stage.expectNoErrors()
        }

        @Test func anOlderOneThatShowsLateStaysAndSaysTheSame() async throws {
            var seed = Seed()
            seed.comments = [("github-actions[bot]", Stage.marked("old"))]
            seed.hiddenLists = 1
            let stage = try await Stage(seed)
            let outcome = try await stage.comment("text").publish(with: stage.client())
            #expect(outcome.action == .created)
            let comments = try await stage.server.comments()
            #expect(comments.map(\.body) == [Stage.marked("text")])
            #expect(comments.first?.id == outcome.comment?.id)
            #expect(outcome.deleted.count == 1)
            try await stage.expectNoErrors()
        }

        @Test func anOlderOneThatIsGoneWhenItIsToBeChangedIsForgotten() async throws {
            var seed = Seed()
            seed.comments = [("github-actions[bot]", Stage.marked("old"))]
            seed.hiddenLists = 1
            let stage = try await Stage(seed)
            try await stage.server.inject([["kind": "r404", "match": ["method": "PATCH"]]])
            let outcome = try await stage.comment("text").publish(with: stage.client())
            #expect(outcome.action == .created)
            #expect(outcome.deleted == [])
            #expect(outcome.comment?.id == (try await stage.server.comments().last?.id))
            try await stage.expectNoErrors()
        }

        @Test func manyAtOnceEndWithOne() async throws {
            let stage = try await Stage()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { _ = try await stage.comment("text").publish(with: stage.client()) }
                }
                try await group.waitForAll()
            }
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("text")])
            try await stage.expectNoErrors()
        }

        @Test func aRenamedRepositoryIsFollowedOnTheSameServer() async throws {
            let stage = try await Stage()
            let target: JSON = "/repos/octo/posture/issues/7/comments"
            try await stage.server.inject([
                ["kind": "redirect_301", "to": target, "match": ["op": "issues/list-comments"]],
                ["kind": "redirect_301", "to": target, "match": ["op": "issues/create-comment"]],
            ])
            #expect(try await stage.comment("text").publish(with: stage.client()).action == .created)
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("text")])
            try await stage.expectNoErrors()
        }

        @Test(arguments: ["r401", "r404", "r422"])
        func whatIsFinalIsNotTriedAgain(kind: String) async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": .string(kind), "times": 9, "match": ["method": "GET"]]])
            do throws(GitHubError) {
                let outcome = try await stage.comment("text").publish(with: client(stage))
                guard case .notAllowed(let error) = outcome.action else {
                    Issue.record("\(outcome.action)")
                    return
                }
                #expect(kind == "r404" && error.status == 404)
            } catch {
                #expect(error.status.map { "r\($0)" } == kind)
                if kind == "r401" { #expect(error.help?.contains("token is not valid") == true) }
            }
            #expect(try await stage.server.requests().count == 1)
            try await stage.expectNoErrors()
        }

        private func client(_ stage: Stage) throws(GitHubError) -> GitHubClient {
            do { return try stage.client() } catch { throw GitHubError(.invalidConfiguration, "\(error)") }
        }

        /// Random sequences of faults over whole runs: the first run may end in an error, one without faults puts it right.
        @Test func randomFaultsEndWithOneComment() async throws {
            var seeds = SeededGenerator(seed: 2_026)
            for number in 0..<200 {
                var random = SeededGenerator(seed: seeds.next())
                let mode = StickyComment.Mode.allCases.randomElement(using: &random) ?? .update
                var seed = Seed()
                seed.comments = (0..<Int.random(in: 0...120, using: &random)).map { ("alice", "comment \($0)") }
                if Bool.random(using: &random) {
                    seed.comments.append(("github-actions[bot]", Stage.marked("old")))
                }
                let isHard = number % 4 == 0
                let stage = try await Stage(seed)
                let faults = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    Self.fault(isHard: isHard, &random)
                }
                try await stage.server.inject(faults)
                let text = "text \(number)"
                let about: Comment = "sequence \(number), \(mode): \(JSON.array(faults).text())"
                do {
                    let outcome = try await stage.comment(text, "short \(number)", mode: mode)
                        .publish(with: stage.client { $0.timeLimit = .seconds(3_600) })
                    if case .notAllowed = outcome.action { #expect(isHard, about) }
                } catch {
                    #expect(isHard, "\(error) \(about)")
                }
                #expect(try await stage.server.repository()["comments_created"]?.integer ?? 0 <= 1, about)
                try await stage.server.control("faults", nil, method: "DELETE")
                if isHard {
                    _ = try await stage.comment(text, mode: mode).publish(with: stage.client())
                }
                #expect(try await stage.sticky().map(\.body) == [Stage.marked(text)], about)
                #expect(try await stage.server.errors() == [], about)
            }
        }

        typealias Comment = Testing.Comment

        private static func fault(isHard: Bool, _ random: inout SeededGenerator) -> JSON {
            let hard = ["r401", "r404", "r422", "slow"]
            let kinds = survivable + ["duplicate_race"] + (isHard ? hard : [])
            let kind = kinds.randomElement(using: &random) ?? "r500"
            var fault: JSONObject = [
                "kind": .string(kind), "after": .integer(Int64.random(in: 0...3, using: &random)),
                "times": .integer(Int64.random(in: 1...(isHard ? 3 : 1), using: &random)),
                "retry_after": .integer(Int64.random(in: 0...90, using: &random)),
                "bytes": .integer(Int64.random(in: 0...200, using: &random)), "seconds": 0.01,
            ]
            let methods: [String?] = ["POST", "PATCH", "GET", "DELETE", nil]
            if let method = methods.randomElement(using: &random) ?? nil {
                fault["match"] = ["method": .string(method)]
            }
            return .object(fault)
        }
    }
}
