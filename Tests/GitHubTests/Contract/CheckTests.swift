import Documents
import GitHub
import GitHubStage
import Testing

extension ContractTests {
    @Suite struct CheckTests {
        private func check(_ count: Int, summary: String = "Summary", text: String? = nil) throws -> CheckRun {
            CheckRun(
                name: "parapet (acme)", head: Seed.head, conclusion: count == 0 ? .success : .failure, title: "Title",
                summary: summary, text: text,
                annotations: try (0..<count).map { index in
                    try #require(
                        CheckAnnotation(
                            path: "tenants/acme.yaml", startLine: index, endLine: index + index % 2, columns: 2...5,
                            level: .warning, title: "t", message: "finding \(index)"))
                })
        }

        private func stored(_ stage: Stage) async throws -> [JSON] {
            (try await stage.server.repository()["check_runs"]?.object ?? [:]).map(\.value)
        }

        @Test(arguments: [0, 1, 50, 51, 120]) func annotationsAreAddedByFifty(count: Int) async throws {
            let stage = try await Stage()
            let outcome = try await check(count).publish(with: stage.client())
            guard case .created(let id, let url) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(id > 0 && url.hasPrefix("https://"))
            let check = try #require(try await stored(stage).first)
            #expect(check["conclusion"] == (count == 0 ? "success" : "failure"))
            #expect(
                check["annotations"]?.array?.compactMap { $0["message"]?.string }
                    == (0..<count).map { "finding \($0)" })
            #expect(try await stage.count("PATCH checks/update") == max(0, (count - 1) / 50))
            #expect(try await stage.server.warnings() == [])
            try await stage.expectNoErrors()
        }

        @Test(arguments: FaultTests.survivable.filter { $0 != "ghost_list" }, ["POST", "PATCH"])
        func nothingIsMadeTwice(kind: String, method: String) async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": .string(kind), "times": 2, "match": ["method": .string(method)]]])
            // Another check of that name stands there.
            _ = try await check(0).publish(with: stage.client(.app))
            _ = try await check(120).publish(with: stage.client())
            let checks = try await stored(stage)
            #expect(checks.count == 2)
            #expect(checks.compactMap { $0["annotations"]?.array?.count } == [0, 120])
            try await stage.expectNoErrors()
        }

        @Test func longTextsAreCut() async throws {
            let stage = try await Stage()
            let long =
                "# Findings\n<details>\n\n```json\n" + String(repeating: "{\"a\": \"\u{E4}\u{1F512}\"}\n", count: 9_000)
            _ = try await check(0, summary: long, text: long).publish(with: stage.client())
            let output = try #require(try await stored(stage).first?["output"])
            for part in ["summary", "text"] {
                let text = try #require(output[part]?.string)
                #expect(text.utf8.count <= 65_535 && text.utf8.count > 65_000)
                #expect(text.contains("\n```\n\n</details>\n\n_The rest was left out"))
            }
            try await stage.expectNoErrors()
        }

        @Test(arguments: [Stage.Account.person, .fork, .reader])
        func whoMayNotIsToldSo(account: Stage.Account) async throws {
            let stage = try await Stage()
            let outcome = try await check(3).publish(with: stage.client(account))
            guard case .notAllowed(let error) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(error.help?.contains("checks: write") == true)
            #expect(try stage.credentials(account)?.canCreateCheckRuns == (account == .fork))
            try await stage.expectNoErrors()
        }

        @Test func aDryRunPlansAllRequests() async throws {
            let stage = try await Stage()
            let plan = RequestPlan()
            #expect(try await check(120).publish(with: stage.client(plan: plan)) == .planned)
            #expect(await plan.requests.map(\.method) == ["POST", "PATCH", "PATCH"])
            #expect(try await stored(stage) == [])
            try await stage.expectNoErrors()
        }

        @Test(arguments: ["/etc/passwd", "../x", "a//b", "", "a/./b"])
        func pathsOutsideTheRepositoryAreNone(path: String) {
            #expect(CheckAnnotation(path: path, level: .notice, message: "x") == nil)
        }
    }

    @Suite struct CommitStatusTests {
        private func status(_ text: String, _ state: CommitStatus.State = .success) -> CommitStatus {
            CommitStatus(
                head: Seed.head, context: "parapet/acme", state: state, text: text, targetURL: "https://example.com/run"
            )
        }

        private func stored(_ stage: Stage) async throws -> [JSON] {
            try await stage.server.repository()["statuses"]?[Seed.head]?.array ?? []
        }

        @Test func itIsSetOnChangeAlone() async throws {
            let stage = try await Stage()
            #expect(try await status("one").publish(with: stage.client(.person)) == .created)
            let other = CommitStatus(head: Seed.head, context: "parapet/other", state: .failure, text: "x")
            #expect(try await other.publish(with: stage.client(.person)) == .created)
            #expect(try await status("one").publish(with: stage.client(.person)) == .unchanged)
            #expect(try await status("one", .failure).publish(with: stage.client(.person)) == .created)
            let long = String(repeating: "\u{1F512}", count: 100)
            #expect(try await status(long).publish(with: stage.client(.person)) == .created)
            #expect(try await status(long).publish(with: stage.client(.person)) == .unchanged)
            #expect(try await stored(stage).count == 4)
            #expect(try await stage.server.warnings() == [])
            try await stage.expectNoErrors()
        }

        @Test(arguments: FaultTests.survivable.filter { $0 != "ghost_list" })
        func itIsSetOnce(kind: String) async throws {
            let stage = try await Stage()
            try await stage.server.inject([["kind": .string(kind), "match": ["method": "POST"]]])
            #expect(try await status("text").publish(with: stage.client()) == .created)
            #expect(try await stored(stage).count == 1)
            try await stage.expectNoErrors()
        }

        @Test func whoMayNotIsToldSo() async throws {
            let stage = try await Stage()
            guard case .notAllowed = try await status("x").publish(with: stage.client(.fork)) else {
                Issue.record("allowed")
                return
            }
            let plan = RequestPlan()
            #expect(try await status("x").publish(with: stage.client(.nobody, plan: plan)) == .planned)
            #expect(await plan.requests.count == 1)
            try await stage.expectNoErrors()
        }
    }
}
