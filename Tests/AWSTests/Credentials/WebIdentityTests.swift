import Documents
import Foundation
import Testing

@testable import AWS

struct WebIdentityTests {
    private static let role = "arn:aws-us-gov:iam::123456789012:role/web"

    private func server(_ answer: StubServer.Answer = .text(#"{"count": 9, "value": "JWT.JWT.JWT"}"#)) throws
        -> StubServer
    {
        try StubServer { request in
            request.method == "POST" ? CredentialWorld.sts("AssumeRoleWithWebIdentity", key: "web") : answer
        }
    }

    private func world(_ server: StubServer, _ environment: [String: String] = [:]) throws -> CredentialWorld {
        let world = try CredentialWorld(
            ["AWS_ENDPOINT_URL_STS": server.url, "AWS_ROLE_ARN": Self.role].merging(environment) { $1 })
        world.servers = [server]
        return world
    }

    // MARK: A file

    @Test func usesATokenFile() async throws {
        let server = try server()
        let world = try world(server, ["AWS_ROLE_SESSION_NAME": "pod-7"])
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = try world.write("token", "JWT.JWT.JWT\n")
        #expect(try await world.credentials().accessKeyID == "web")
        #expect(
            CredentialWorld.form(server.requests[0].body) == [
                "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "RoleArn": Self.role,
                "RoleSessionName": "pod-7", "WebIdentityToken": "JWT.JWT.JWT",
            ])
        #expect(server.requests[0].headers["authorization"] == nil)
    }

    @Test(arguments: [
        (nil, "/token, which is not there"), ("", "/token, which is empty"), (" \n", "holds no token"),
        ("a\r\nb", "holds no token"), ("JWT JWT", "holds no token"),
        (String(repeating: "x", count: 70_000), "/token, which cannot be read: it is larger than 65536 bytes"),
    ])
    func refusesTokenFiles(_ content: String?, _ reason: String) async throws {
        let server = try server()
        let world = try world(server)
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = world.home.path + "/token"
        if let content { try world.write("token", content) }
        let text = await world.failure()
        #expect(text.hasPrefix("InvalidCredentials: web identity: AWS_ROLE_ARN: "), "\(text)")
        #expect(text.hasSuffix(reason), "\(text)")
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        ([:], "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not"),
        (["AWS_ROLE_ARN": "web"], "`web` is not the ARN of a role"),
        (["AWS_ROLE_ARN": role, "AWS_ROLE_SESSION_NAME": "a b"], "`a b` cannot name a session"),
    ])
    func refusesHalfASetting(_ environment: [String: String], _ reason: String) async throws {
        let world = try CredentialWorld(environment)
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = try world.write("token", "JWT.JWT.JWT")
        #expect(await world.failure().contains(": web identity: \(reason)"))
    }

    @Test func errorsDoNotRepeatTheToken() async throws {
        let server = try StubServer { request in
            .status(
                400,
                "<R><Error><Code>InvalidIdentityToken</Code><Message>bad: \(CredentialWorld.form(request.body)["WebIdentityToken"] ?? "?")</Message></Error></R>"
            )
        }
        let world = try world(server)
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = try world.write("token", "JWT.JWT.JWT")
        let text = await world.failure()
        #expect(text.hasPrefix("InvalidIdentityToken: web identity: AWS_ROLE_ARN: sts:AssumeRoleWithWebIdentity in "))
        #expect(text.contains("[redacted]"), "\(text)")
    }

    // MARK: GitHub Actions

    private func actions(_ server: StubServer, query: String = "?api-version=2.0") throws -> CredentialWorld {
        try world(
            server,
            [
                "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "4711",
                "ACTIONS_ID_TOKEN_REQUEST_URL": server.url + "/oidc" + query,
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "BEARERBEARER",
            ])
    }

    @Test(arguments: [
        ("?api-version=2.0", "/oidc?api-version=2.0&audience=sts.amazonaws.com"),
        ("", "/oidc?audience=sts.amazonaws.com"),
    ])
    func asksGitHubForAToken(_ query: String, _ path: String) async throws {
        let server = try server()
        #expect(try await actions(server, query: query).credentials().accessKeyID == "web")
        #expect(server.requests.map(\.path) == [path, "/"])
        #expect(server.requests[0].headers["authorization"] == "bearer BEARERBEARER")
        let form = CredentialWorld.form(server.requests[1].body)
        #expect(form["WebIdentityToken"] == "JWT.JWT.JWT" && form["RoleSessionName"] == "parapet-4711")
        #expect(server.requests[1].headers["authorization"] == nil)
    }

    @Test(arguments: [
        ("ACTIONS_ID_TOKEN_REQUEST_URL", nil, "it needs `permissions: id-token: write`"),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", nil, "URL is set and ACTIONS_ID_TOKEN_REQUEST_TOKEN is not"),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "BEARERBEARER\r\nX: y", "is not one line of printable ASCII"),
        ("ACTIONS_ID_TOKEN_REQUEST_URL", "http://example.com/oidc", "is not a plain https URL"),
        ("ACTIONS_ID_TOKEN_REQUEST_URL", "https://user@example.com/", "is not a plain https URL"),
    ])
    func refusesSettings(_ name: String, _ value: String?, _ reason: String) async throws {
        let server = try server()
        let world = try actions(server)
        world.environment[name] = value
        let text = await world.failure()
        #expect(text.hasPrefix("InvalidCredentials: GitHub Actions: ") && text.hasSuffix(reason), "\(text)")
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        (StubServer.Answer.status(403, "BEARERBEARER"), "127.0.0.1 answered 403 when asked for a token", 1),
        (.status(503), "127.0.0.1 answered 503 when asked for a token", 3),
        (.text("JWT.JWT.JWT"), "the answer of 127.0.0.1 holds no token", 1),
        (.text(#"{"value": ["JWT.JWT.JWT"]}"#), "the answer of 127.0.0.1 holds no token", 1),
        (.text(#"{"value": "JWT.JWT.JWT\r\nX"}"#), "the answer of 127.0.0.1 holds no token", 1),
        (StubServer.Answer(status: 302, headers: ["Location": "/oidc"]), "answered 302 when asked for a token", 1),
    ])
    func refusesAnswers(_ answer: StubServer.Answer, _ reason: String, _ asked: Int) async throws {
        let server = try server(answer)
        let text = await (try actions(server)).failure()
        #expect(text.hasSuffix(reason), "\(text)")
        #expect(server.requests.count == asked)
    }

    /// A job may ask for tokens for another reason.
    @Test func hasNothingWithoutARole() async throws {
        let server = try server()
        let world = try actions(server)
        world.environment["AWS_ROLE_ARN"] = nil
        #expect(await world.failure().contains("GitHub Actions: AWS_ROLE_ARN is not set"))
        #expect(server.requests.isEmpty)
    }
}
