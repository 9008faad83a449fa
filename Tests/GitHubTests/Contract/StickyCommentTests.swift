import Documents
import GitHub
import GitHubStage
import Testing

extension ContractTests {
    @Suite struct StickyCommentTests {
        @Test(
            arguments: zip(
                [Stage.Account.actions, .app, .person, .otherApp],
                ["github-actions[bot]", "posture-bot[bot]", "alice", "other-app[bot]"]))
        func theFirstCommentIsCreatedAndThenKept(account: Stage.Account, login: String) async throws {
            let stage = try await Stage()
            let first = try await stage.comment("one").publish(with: stage.client(account))
            #expect(first.action == .created)
            #expect(first.comment?.author == login)
            #expect(try await stage.sticky(of: login).map(\.body) == [Stage.marked("one")])

            let same = try await stage.comment("one").publish(with: stage.client(account))
            #expect(same.action == .unchanged)
            let changed = try await stage.comment("two").publish(with: stage.client(account))
            #expect(changed.action == .updated)
            #expect(changed.comment?.id == first.comment?.id)
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("two")])
            #expect(try await stage.count("POST issues/create-comment") == 1)
            #expect(try await stage.count("PATCH issues/update-comment") == 1)
            try await stage.expectNoErrors()
        }

        @Test func itIsFoundOnAnyPage() async throws {
            var seed = Seed()
            seed.comments = (0..<250).map { ("alice", "comment \($0)") }
            seed.comments.insert(("github-actions[bot]", Stage.marked("old")), at: 230)
            let stage = try await Stage(seed)
            let outcome = try await stage.comment("new").publish(with: stage.client())
            #expect(outcome.action == .updated)
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("new")])
            #expect(try await stage.count("GET issues/list-comments") == 3)
            try await stage.expectNoErrors()
        }

        @Test func aMarkerOfSomebodyElseOrElsewhereIsNotOurs() async throws {
            var seed = Seed()
            seed.comments = [
                ("mallory", Stage.marked("forged")),
                ("github-actions[bot]", "quoted:\n\(Stage.marked("x"))"),
                ("github-actions[bot]", CommentMarker("acme/production").line + "\nanother"),
            ]
            let stage = try await Stage(seed)
            let outcome = try await stage.comment("ours").publish(with: stage.client())
            #expect(outcome.action == .created)
            #expect(try await stage.server.comments().map(\.body) == seed.comments.map(\.body) + [Stage.marked("ours")])
            try await stage.expectNoErrors()
        }

        @Test func ofSeveralTheOldestStays() async throws {
            var seed = Seed()
            seed.comments = [
                ("alice", Stage.marked("hers")), ("github-actions[bot]", Stage.marked("a")),
                ("github-actions[bot]", Stage.marked("b")),
            ]
            let stage = try await Stage(seed)
            let outcome = try await stage.comment("new").publish(with: stage.client())
            #expect(outcome.action == .updated)
            #expect(outcome.deleted.count == 1)
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("hers"), Stage.marked("new")])
            try await stage.expectNoErrors()
        }

        @Test(arguments: [[], [("github-actions[bot]", Stage.marked("newer"))]])
        func anotherHeadWritesNothing(comments: [(String, String)]) async throws {
            var seed = Seed()
            seed.comments = comments.map { (user: $0.0, body: $0.1) }
            let stage = try await Stage(seed)
            let old = String(repeating: "c", count: 40)
            for mode in StickyComment.Mode.allCases {
                let outcome = try await stage.comment("old", mode: mode, head: old).publish(with: stage.client())
                #expect(outcome.action == .superseded)
            }
            #expect(try await stage.server.comments().map(\.body) == comments.map(\.1))
            #expect(try await stage.server.requests().allSatisfy { $0.hasPrefix("GET ") })
            try await stage.expectNoErrors()
        }

        @Test func theHeadIsLookedAtAgainAfterAWait() async throws {
            let stage = try await Stage()
            let client = try stage.client(transport: HeadMover(stage))
            try await stage.server.inject([["kind": "secondary_403_no_header", "match": ["method": "POST"]]])
            let outcome = try await stage.comment("old").publish(with: client)
            #expect(outcome.action == .superseded)
            #expect(try await stage.server.comments() == [])
            try await stage.expectNoErrors()
        }

        @Test func theFirstTextThatFitsIsTaken() async throws {
            let stage = try await Stage()
            let room = 65_536 - Stage.marked("").utf16.count
            let long = String(repeating: "x", count: room + 1)
            let fitting = String(repeating: "x", count: room)
            let outcome = try await stage.comment(long, fitting, "short").publish(with: stage.client())
            #expect(outcome.body == 1)
            #expect(try await stage.sticky().map(\.body) == [Stage.marked(fitting)])
            // What takes two UTF-16 code units counts as two.
            let wide = String(repeating: "\u{1F512}", count: room / 2 + 1)
            #expect(try await stage.comment(wide, "short").publish(with: stage.client()).body == 1)
            try await stage.expectNoErrors()
        }

        @Test func theLastTextIsCutRatherThanNoneWritten() async throws {
            let stage = try await Stage()
            let lines = (0..<10_000).map { "| resource \($0) |" }.joined(separator: "\n")
            _ = try await stage.comment(lines).publish(with: stage.client())
            let body = try #require(try await stage.sticky().first?.body)
            #expect(body.utf16.count <= 65_536 && body.utf16.count > 65_000)
            #expect(body.contains("left out"))
            try await stage.expectNoErrors()
        }

        @Test func aRefusedTextIsFollowedByAShorterOne() async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": "r422", "times": 2, "match": ["method": "POST"]]])
            let created = try await stage.comment("long", "shorter", "short").publish(with: stage.client())
            #expect(created.body == 2)
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("short")])

            try await stage.server.inject([["kind": "r422", "match": ["method": "PATCH"]]])
            let updated = try await stage.comment("LONG", "SHORTER").publish(with: stage.client())
            #expect(updated.body == 1)
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("SHORTER")])

            // The same again, which stands already: nothing is written.
            try await stage.server.inject([["kind": "r422", "match": ["method": "PATCH"]]])
            let same = try await stage.comment("LONG", "SHORTER").publish(with: stage.client())
            #expect(same.action == .unchanged)
            #expect(try await stage.server.warnings() == [])
            try await stage.expectNoErrors()
        }

        @Test func whereEveryTextIsRefusedTheErrorSaysWhy() async throws {
            let stage = try await Stage()
            try await stage.server.inject([
                ["kind": "r422", "times": 9, "message": "Body is spam", "match": ["method": "POST"]]
            ])
            let comment = stage.comment("long", "short")
            let error = try #require(
                await #expect(throws: GitHubError.self) { _ = try await comment.publish(with: stage.client()) })
            #expect(error.code == .unprocessable)
            #expect(error.message == "Validation Failed: Body is spam")
            try await stage.expectNoErrors()
        }

        @Test(arguments: [Stage.Account.fork, .reader])
        func aTokenThatOnlyReadsDegrades(account: Stage.Account) async throws {
            let stage = try await Stage()
            let outcome = try await stage.comment("text").publish(with: stage.client(account))
            guard case .notAllowed(let error) = outcome.action else {
                Issue.record("\(outcome.action)")
                return
            }
            #expect(error.status == 403)
            #expect(error.help?.contains("pull-requests: write") == true)
            #expect(try await stage.server.comments() == [])
            try await stage.expectNoErrors()
        }

        @Test func aLockedConversationDegrades() async throws {
            var seed = Seed()
            seed.pull["locked"] = true
            let stage = try await Stage(seed)
            let outcome = try await stage.comment("text").publish(with: stage.client())
            guard case .notAllowed(let error) = outcome.action else {
                Issue.record("\(outcome.action)")
                return
            }
            #expect(error.message.contains("locked"))
            try await stage.expectNoErrors()
        }

        @Test func hidingWritesAnew() async throws {
            let stage = try await Stage()
            _ = try await stage.comment("one", mode: .hide).publish(with: stage.client())
            let same = try await stage.comment("one", mode: .hide).publish(with: stage.client())
            #expect(same.action == .unchanged)
            let outcome = try await stage.comment("two", mode: .hide).publish(with: stage.client())
            #expect(outcome.action == .replaced)
            let comments = try await stage.server.comments()
            #expect(comments.map(\.isMinimized) == [true, false])
            #expect(comments.map { $0.body.hasSuffix("\none") } == [true, false])
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("two")])
            // The hidden one is not found any more.
            let third = try await stage.comment("three", mode: .update).publish(with: stage.client())
            #expect(third.comment?.id == outcome.comment?.id)
            #expect(try await stage.server.warnings() == [])
            try await stage.expectNoErrors()
        }

        @Test func whereHidingFailsTheCommentIsUpdated() async throws {
            let stage = try await Stage()
            _ = try await stage.comment("one").publish(with: stage.client())
            // A server without GraphQL, and an answer that says nothing.
            try await stage.server.inject([["kind": "r404", "match": ["path": "graphql"]]])
            let outcome = try await stage.comment("two", mode: .hide).publish(with: stage.client())
            #expect(outcome.action == .updated)
            #expect(outcome.notes.count == 1)
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("two")])
            try await stage.server.inject([["kind": "empty_body", "times": 9, "match": ["path": "graphql"]]])
            let error = await #expect(throws: GitHubError.self) {
                _ = try await stage.comment("three", mode: .hide).publish(with: stage.client())
            }
            #expect(error?.code == .malformed)
            try await stage.expectNoErrors()
        }

        @Test func recreatingDeletesTheOldOne() async throws {
            let stage = try await Stage()
            let first = try await stage.comment("one").publish(with: stage.client())
            let outcome = try await stage.comment("two", mode: .recreate).publish(with: stage.client())
            #expect(outcome.action == .replaced)
            #expect(outcome.comment?.id != first.comment?.id)
            #expect(try await stage.server.comments().map(\.body) == [Stage.marked("two")])
            try await stage.expectNoErrors()
        }

        @Test func aCommentThatWasDeletedInTheMeantimeIsWrittenAnew() async throws {
            let stage = try await Stage()
            _ = try await stage.comment("one").publish(with: stage.client())
            try await stage.server.inject([["kind": "r404", "match": ["method": "PATCH"]]])
            let outcome = try await stage.comment("two").publish(with: stage.client())
            #expect(outcome.action == .created)
            // It was there all the same: the older one stays.
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("two")])
            try await stage.expectNoErrors()
        }

        @Test func aDryRunWritesNothingAndSaysWhatItWould() async throws {
            let stage = try await Stage()
            _ = try await stage.comment("one").publish(with: stage.client())
            let before = try await stage.server.comments()
            for (account, method) in [(Stage.Account.actions, "PATCH"), (.app, "POST"), (.nobody, "POST")] {
                let plan = RequestPlan()
                let outcome = try await stage.comment("two").publish(with: stage.client(account, plan: plan))
                #expect(outcome.action == .planned)
                let requests = await plan.requests
                #expect(requests.map(\.method) == [method])
                #expect(requests.first?.body == ["body": .string(Stage.marked("two"))])
                #expect(requests.first?.path.hasPrefix("/repos/octo/posture/issues/") == true)
            }
            #expect(try await stage.server.comments() == before)
            try await stage.expectNoErrors()
        }

        @Test func aJobsTokenThatIsAnAppsIsFoundOut() async throws {
            let stage = try await Stage()
            let token = try #require(Secret("ghs_other"))
            for text in ["one", "two"] {
                _ = try await stage.comment(text).publish(with: stage.client(as: .actions(token)))
            }
            #expect(try await stage.sticky(of: "other-app[bot]").map(\.body) == [Stage.marked("two")])
            try await stage.expectNoErrors()
        }
    }
}
