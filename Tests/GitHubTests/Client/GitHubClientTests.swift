import Documents
import GitHubStage
import HTTP
import Synchronization
import Testing

@testable import GitHub

@Suite struct GitHubClientTests {
    /// A client whose clock jumps; and how long it has slept, in seconds.
    private func client(
        _ transport: ScriptedTransport, api: GitHubAPI = .githubCom, token: String = "ghp_secretsecret",
        change: (inout GitHubClient.Configuration) -> Void = { _ in }
    ) throws -> (client: GitHubClient, clock: JumpingClock) {
        let clock = JumpingClock()
        var configuration = GitHubClient.Configuration()
        configuration.clock = GitHubClock(
            time: { clock.time }, elapsed: { clock.elapsed }, sleep: { _ = clock.jump($0) })
        configuration.random = { 0 }
        change(&configuration)
        let client = GitHubClient(
            api: api, repository: try #require(RepositoryName("acme/posture")),
            credentials: .personal(try #require(Secret(token))), http: transport, configuration: configuration)
        return (client, clock)
    }

    private func error(_ client: GitHubClient, _ request: APIRequest = .get("/x")) async throws -> GitHubError {
        try #require(await #expect(throws: GitHubError.self) { _ = try await client.perform(request) })
    }

    @Test func requestsSayWhoAsksAndWhatFor() async throws {
        let transport = ScriptedTransport(.json("{}"))
        let (client, _) = try client(transport)
        _ = try await client.perform(.create("/x?y=z", ["a": 1], needs: .checksWrite))
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://api.github.com/x?y=z")
        #expect(request.body == Array(#"{"a":1}"#.utf8))
        #expect(request.isSentOnce)
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(
            headers == [
                "Accept": "application/vnd.github+json", "User-Agent": "parapet",
                "X-GitHub-Api-Version": "2022-11-28", "Authorization": "Bearer ghp_secretsecret",
                "Content-Type": "application/json",
            ])
    }

    @Test(arguments: [
        "https://evil.example/repos/acme/posture/comments?page=2", "http://api.github.com/x?page=2",
        "https://api.github.com:8443/x", "https://api.github.com@evil.example/x",
        "https://api.github.com.evil.example/",
        "//evil.example/x", "https://api.github.com\\@evil.example/",
    ])
    func noTokenGoesElsewhere(url: String) async throws {
        let pages = ScriptedTransport(.response(200, "[]", ["Link": "<\(url)>; rel=\"next\""]), .json("[]"))
        let listed = await #expect(throws: GitHubError.self) { _ = try await self.client(pages).client.list("/x") }
        #expect(listed?.code == .untrustedAddress)
        #expect(pages.requests.count == 1)
        for status in [301, 302, 307, 308] {
            let redirects = ScriptedTransport(.response(status, "", ["Location": url]), .json("[]"))
            #expect(try await error(client(redirects).client).code == .untrustedAddress)
            #expect(redirects.requests.count == 1)
        }
    }

    @Test func redirectsKeepTheMethodAndEnd() async throws {
        let transport = ScriptedTransport(
            .response(307, "", ["Location": "/repositories/1/issues"]), .response(201, #"{"id":1}"#, [:]))
        _ = try await client(transport).client.perform(.create("/a", ["b": 1], needs: .checksWrite))
        #expect(transport.requests.map(\.method) == ["POST", "POST"])
        #expect(
            transport.requests.map(\.url) == [
                "https://api.github.com/a", "https://api.github.com/repositories/1/issues",
            ])
        let loop = ScriptedTransport(.response(301, "", ["Location": "https://api.github.com/x"]))
        #expect(try await error(client(loop).client).code == .untrustedAddress)
        #expect(loop.requests.count == 6)
    }

    @Test func aPageThatNamesItselfEndsTheList() async throws {
        let transport = ScriptedTransport(
            .response(200, "[1]", ["Link": "<https://api.github.com/x?page=2>; rel=\"next\""]))
        let listed = await #expect(throws: GitHubError.self) { _ = try await self.client(transport).client.list("/x") }
        #expect(listed?.code == .malformed)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [
        (#"<https://a/?page=2>; rel="next", <https://a/?page=9>; rel="last""#, "https://a/?page=2"),
        (#"<https://a/?page=1>; rel="prev", <https://a/?q=a,b&page=3>; rel="next""#, "https://a/?q=a,b&page=3"),
        (#"<https://a>; title="x"; rel=next"#, "https://a"), (#"<https://a>; rel="last""#, nil), ("", nil),
        ("<unclosed", nil), (">; rel=next <", nil),
    ])
    func linksAreRead(text: String, next: String?) { #expect(LinkHeader.next(in: text) == next) }

    /// An answer, and the seconds that are waited for.
    struct Limit: Sendable, CustomTestStringConvertible {
        let status: Int
        let headers: [String: String]
        let message: String
        let seconds: Int64

        var testDescription: String { "\(status) \(headers) \(message)" }
    }

    static let limits = [
        Limit(status: 429, headers: ["Retry-After": "7", "x-ratelimit-remaining": "0"], message: "slow", seconds: 7),
        Limit(status: 403, headers: ["Retry-After": "0"], message: "slow", seconds: 1),
        Limit(
            status: 403,
            headers: [
                "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000030", "Date": "Mon, 12 Jan 1970 13:46:40 GMT",
            ], message: "API rate limit exceeded", seconds: 31),
        // Plenty left: the moment of the reset does not matter.
        Limit(
            status: 403, headers: ["X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": "99999999999"],
            message: "You have exceeded a secondary rate limit", seconds: 60),
        Limit(status: 429, headers: [:], message: "", seconds: 60),
        Limit(status: 403, headers: [:], message: "abuse detection mechanism", seconds: 60),
    ]

    @Test(arguments: limits, [false, true]) func limitsAreWaitedFor(limit: Limit, isWrite: Bool) async throws {
        let transport = ScriptedTransport(
            .response(limit.status, #"{"message":"\#(limit.message)"}"#, limit.headers), .json("{}"))
        let (client, clock) = try client(transport)
        _ = try await client.perform(isWrite ? .create("/x", [:], needs: .checksWrite) : .get("/x"))
        #expect(transport.requests.count == 2)
        #expect(clock.total == .seconds(limit.seconds))
    }

    @Test func theTimeLimitSaysWhatWasNotDone() async throws {
        let transport = ScriptedTransport(.response(429, #"{"message":"Too many"}"#, ["Retry-After": "1800"]))
        let (client, clock) = try client(transport)
        let error = try await error(client, .create("/repos/acme/posture/statuses/x", [:], needs: .statusesWrite))
        #expect(error.code == .timeLimit)
        #expect(
            error.description
                == "POST /repos/acme/posture/statuses/x: 429: not done, as another try would be 1800 s from "
                + "now and 600 s are the limit for GitHub; before: Too many")
        #expect(clock.total == .zero)
    }

    @Test func allRequestsShareTheTimeLimit() async throws {
        let transport = ScriptedTransport(.response(503, "", [:]))
        let (client, clock) = try client(transport) {
            $0.timeLimit = .seconds(100)
            $0.maximumAttempts = 1_000
        }
        #expect(try await error(client).code == .timeLimit)
        let count = transport.requests.count
        #expect(clock.total < .seconds(100) && clock.total > .seconds(60))
        #expect(try await error(client, .get("/y")).code == .timeLimit)
        #expect(transport.requests.count <= count + 6)
    }

    @Test(arguments: [(500, "perhaps done"), (201, "done, and not found")])
    func theTimeLimitSaysWhatIsNotKnown(status: Int, words: String) async throws {
        let transport = ScriptedTransport(.response(status, "", [:]))
        let client = try client(transport) { $0.timeLimit = .seconds(1) }.client
        let creation = Creation(client: client, request: .create("/x", [:], needs: .checksWrite))
        let error = await #expect(throws: GitHubError.self) {
            _ = try await creation.run { _ in
                true
            } find: { () async throws(GitHubError) in
                nil
            }
        }
        #expect(error?.code == .timeLimit)
        #expect(error?.message.hasPrefix(words) == true)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [(201, 1), (500, 5)])
    func whatWasAppliedAndDoesNotShowIsNotMadeAgain(status: Int, requests: Int) async throws {
        let transport = ScriptedTransport(.response(status, "", [:]))
        let creation = Creation(
            client: try client(transport).client, request: .create("/x", [:], needs: .checksWrite))
        let error = await #expect(throws: GitHubError.self) {
            _ = try await creation.run { _ in
                true
            } find: { () async throws(GitHubError) in
                nil
            }
        }
        #expect(error?.effect == (status == 201 ? .applied : .unknown))
        #expect(transport.requests.count == requests)
    }

    @Test func writesTakeTurns() async throws {
        let transport = ScriptedTransport(.json("{}"))
        let (client, clock) = try client(transport)
        for _ in 0..<5 { _ = try await client.perform(.update("/x", [:], needs: .checksWrite)) }
        for _ in 0..<5 { _ = try await client.perform(.get("/x")) }
        #expect(clock.total > .milliseconds(3_900) && clock.total <= .seconds(4))
    }

    @Test(arguments: [HTTPError.Code.timeout, .truncated, .connectionClosed])
    func whatMayHaveBeenAppliedIsNotSentAgain(code: HTTPError.Code) async throws {
        let lost = ScriptedTransport(.failure(code), .json("{}"))
        #expect(
            try await error(client(lost).client, .create("/x", [:], needs: .checksWrite)).effect == .unknown)
        #expect(lost.requests.count == 1)
        let repeated = ScriptedTransport(.failure(code), .response(502, "", [:]), .json("{}"))
        _ = try await client(repeated).client.perform(.update("/x", [:], needs: .checksWrite))
        #expect(repeated.requests.count == 3)
    }

    @Test func whatWasNeverSentIsSentAgain() async throws {
        let transport = ScriptedTransport(.failure(.couldNotConnect), .json("{}"))
        _ = try await client(transport).client.perform(.create("/x", [:], needs: .checksWrite))
        #expect(transport.requests.count == 2)
        let never = ScriptedTransport(.failure(.couldNotResolve))
        #expect(try await error(client(never).client, .create("/x", [:], needs: .checksWrite)).effect == .none)
        #expect(never.requests.count == 5)
    }

    @Test func messagesAreBoundedInertAndWithoutTokens() async throws {
        let text = "no \u{1B}[31mghp_secretsecret\nline " + String(repeating: "x", count: 5_000)
        let body = JSON.object(["message": .string(text)]).text()
        for status in [401, 403, 404, 409, 422, 500] {
            let error = try await error(client(ScriptedTransport(.response(status, body, [:]))).client)
            #expect(!error.description.contains("ghp_secretsecret"))
            #expect(error.message.contains("[redacted]"))
            #expect(error.message.count <= 301)
            #expect(error.description.unicodeScalars.allSatisfy { $0.isInert })
        }
    }

    @Test func refusalsSayWhatToDo() async throws {
        func help(_ status: Int, _ message: String, _ headers: [String: String] = [:]) async throws -> String {
            let transport = ScriptedTransport(.response(status, #"{"message":"\#(message)"}"#, headers))
            return try await error(client(transport).client, .create("/x", [:], needs: .checksWrite)).help ?? ""
        }
        #expect(try await help(401, "Bad credentials").contains("not valid"))
        #expect(try await help(403, "Resource not accessible by integration").contains("`checks: write`"))
        #expect(try await help(403, "Resource protected", ["X-GitHub-SSO": "required"]).contains("single sign-on"))
        #expect(try await help(404, "Not Found").contains("checks: write"))
        #expect(try await help(502, "x").contains("githubstatus.com"))
    }

    @Test func cancellationEndsTheWait() async throws {
        let transport = ScriptedTransport(.response(429, "", ["Retry-After": "60"]))
        let client = try client(transport) {
            $0.clock = GitHubClock(
                time: { Timestamp(seconds: 0) }, elapsed: { .zero }, sleep: { _ in throw CancellationError() })
        }.client
        #expect(try await error(client).code == .cancelled)
    }
}
