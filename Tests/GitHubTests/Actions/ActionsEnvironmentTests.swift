import Documents
import Foundation
import Testing

@testable import GitHub

@Suite struct ActionsEnvironmentTests {
    private static let environment = [
        "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/posture", "GITHUB_RUN_ID": "123",
        "GITHUB_RUN_ATTEMPT": "2",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com",
        "GITHUB_WORKSPACE": "/w", "GITHUB_STEP_SUMMARY": "/s", "GITHUB_SHA": commit("e"),
    ]

    private static func commit(_ digit: String) -> String { String(repeating: digit, count: 40) }

    private func read(
        _ name: String, _ payload: JSON, _ change: [String: String] = [:]
    ) throws -> ActionsEnvironment {
        let environment = Self.environment.merging(change) { $1 }.merging(["GITHUB_EVENT_NAME": name]) { $1 }
        return try ActionsEnvironment(environment: environment, event: payload.bytes())
    }

    private func pull(head: JSON = ["full_name": "acme/posture"]) -> JSON {
        [
            "action": "synchronize", "repository": ["full_name": "acme/posture"],
            "pull_request": [
                "number": 7, "draft": true, "changed_files": 3, "user": ["login": "alice"],
                "head": ["sha": .string(Self.commit("a")), "repo": head],
                "base": ["sha": .string(Self.commit("b")), "ref": "main", "repo": ["full_name": "acme/posture"]],
            ],
        ]
    }

    @Test func aPullRequestNamesBothSides() throws {
        let environment = try read("pull_request", pull())
        #expect(environment.pullRequest == 7)
        #expect(environment.head == Self.commit("a"))
        #expect(environment.base == Self.commit("b"))
        #expect(!environment.isFork)
        #expect(environment.runURL == "https://github.com/acme/posture/actions/runs/123/attempts/2")
        #expect(environment.workspace == "/w")
        #expect(environment.summaryFile == "/s")
        #expect(environment.commit == Self.commit("e"))
        #expect(environment.api == .githubCom)
        #expect(ActionsEnvironment.isRunning(in: Self.environment))
    }

    @Test func aReviewIsOneOfAPullRequest() throws {
        var payload = pull().object ?? [:]
        var request = payload["pull_request"]?.object ?? [:]
        request["changed_files"] = nil
        payload["pull_request"] = .object(request)
        let environment = try read("pull_request_review", .object(payload))
        #expect(environment.pullRequest == 7 && environment.head == Self.commit("a"))
        guard case .pullRequest(let read) = environment.event else { return }
        #expect(read.changedFiles == nil)
    }

    @Test(arguments: [["full_name": "mallory/posture"], nil] as [JSON]) func aForkIsOne(head: JSON) throws {
        #expect(try read("pull_request", pull(head: head)).isFork)
    }

    @Test func aJobThatKnowsSecretsAndReadsForksIsRefused() throws {
        let error = #expect(throws: GitHubError.self) { try read("pull_request_target", pull()) }
        #expect(error?.code == .refusedEvent)
        #expect(error?.help?.contains("on: pull_request") == true)
    }

    @Test func otherEventsAreRead() throws {
        let group = try read(
            "merge_group",
            ["merge_group": ["head_sha": .string(Self.commit("c")), "base_sha": .string(Self.commit("d"))]])
        #expect(group.head == Self.commit("c") && group.base == Self.commit("d") && group.pullRequest == nil)
        let push = try read(
            "push",
            ["ref": "refs/heads/main", "before": .string(Self.commit("0")), "after": .string(Self.commit("c"))])
        #expect(push.event == .push(before: nil, after: Self.commit("c"), reference: "refs/heads/main"))
        #expect(push.base == nil && push.head == Self.commit("c"))
        #expect(try read("schedule", ["schedule": "0 5 * * *"]).head == Self.commit("e"))
        #expect(try read("workflow_dispatch", ["inputs": nil]).event == .workflowDispatch)
        let comment = try read("issue_comment", ["issue": ["number": 9, "pull_request": ["url": "x"]]])
        #expect(comment.pullRequest == 9 && comment.head == nil)
        #expect(try read("issue_comment", ["issue": ["number": 9]]).pullRequest == nil)
        #expect(try read("release", [:]).event == .other("release"))
    }

    @Test(
        arguments: [
            ("pull_request", [:]), ("pull_request", ["pull_request": ["number": 7]]), ("merge_group", [:]),
            ("push", ["ref": "x", "before": "--upload-pack=x", "after": "y"]),
            ("issue_comment", ["issue": ["number": -1]]),
            ("schedule", []), ("schedule", ["repository": ["full_name": "mallory/posture"]]),
        ] as [(String, JSON)])
    func whatIsNotAnEventIsRefused(name: String, payload: JSON) {
        let error = #expect(throws: GitHubError.self) { try read(name, payload) }
        #expect(error?.code == .invalidEvent)
    }

    @Test func theEnvironmentIsChecked() throws {
        for change in [
            ["GITHUB_REPOSITORY": "../x"], ["GITHUB_API_URL": "http://evil.example"], ["GITHUB_REPOSITORY": ""],
        ] {
            let error = #expect(throws: GitHubError.self) { try read("schedule", [:], change) }
            #expect(error?.code == .invalidConfiguration)
        }
        #expect(try read("schedule", [:], ["GITHUB_RUN_ID": "1/../..", "GITHUB_SHA": "HEAD"]).runURL == nil)
        #expect(throws: GitHubError.self) {
            try ActionsEnvironment(
                environment: Self.environment.merging(["GITHUB_EVENT_NAME": "schedule"]) { $1 },
                event: [UInt8](repeating: 0x20, count: (25 << 20) + 1))
        }
    }

    static let folder = ProcessInfo.processInfo.environment["PARAPET_GITHUB_WEBHOOKS"]

    @Test(
        .enabled(if: folder != nil, "PARAPET_GITHUB_WEBHOOKS names no folder with GitHub's own payloads"),
        arguments: [
            ("pull_request_opened.payload.json", "pull_request"),
            ("pull_request_synchronize.payload.json", "pull_request"),
            ("push_payload.json", "push"), ("issue_comment_created.payload.json", "issue_comment"),
            ("check_run_rerequested.payload.json", "check_run"), ("ping_payload.json", "ping"),
        ])
    func githubsOwnPayloadsAreRead(file: String, name: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: try #require(Self.folder)).appending(path: file))
        let repository = try JSON.parse(bytes)["repository"]?["full_name"]?.string ?? "acme/posture"
        var environment = Self.environment
        environment["GITHUB_EVENT_NAME"] = name
        environment["GITHUB_REPOSITORY"] = repository
        let read = try ActionsEnvironment(environment: environment, event: Array(bytes))
        switch name {
        case "pull_request":
            #expect(read.pullRequest == 2 && read.head?.count == 40 && read.base?.count == 40)
        case "push": #expect(read.head == nil && read.base?.count == 40)
        case "issue_comment": #expect(read.pullRequest == nil)
        default: #expect(read.event == .other(name))
        }
    }
}
