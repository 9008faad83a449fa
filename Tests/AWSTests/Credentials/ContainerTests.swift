import Documents
import Foundation
import HTTP
import Testing

@testable import AWS

struct ContainerTests {
    private func world(_ answer: StubServer.Answer) throws -> (CredentialWorld, StubServer) {
        let server = try StubServer { _ in answer }
        let world = try CredentialWorld(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/creds?id=1"])
        world.servers = [server]
        return (world, server)
    }

    @Test func asksTheAgent() async throws {
        let (world, server) = try world(.text(CredentialWorld.document(key: "ASIATASK")))
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "Basic BEARERBEARER"
        #expect(
            try await world.credentials()
                == Credentials(
                    accessKeyID: "ASIATASK", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN",
                    expiry: Timestamp(CredentialWorld.later)))
        #expect(server.requests[0].path == "/creds?id=1")
        #expect(server.requests[0].headers["authorization"] == "Basic BEARERBEARER")
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = try world.write("token", "from-file")
        _ = try await world.credentials()
        #expect(server.requests[1].headers["authorization"] == "from-file")
    }

    @Test func asksTheAddressOfECSForARelativePath() async throws {
        let world = try CredentialWorld([
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/",
        ])
        let transport = ScriptedTransport([.response(200, CredentialWorld.document(key: "k"), [:])])
        let context = CredentialContext(
            environment: world.environment, transport: transport, direct: transport, models: Fixtures.models,
            configuration: AWSClient.Configuration())
        guard case .found = try await ContainerCredentialSource(context).find() else { throw POSIXError(.ENOENT) }
        #expect(transport.requests.map(\.url) == ["http://169.254.170.2/v2/credentials/1"])
    }

    /// Where the addresses are allowed, the scripted transport is asked.
    @Test(arguments: [
        ("http://127.0.0.1/", true), ("http://127.5.6.7:80/x", true), ("http://localhost:1/", true),
        ("http://[::1]:8080/x", true), ("http://169.254.170.2/", true), ("http://169.254.170.23/v1/credentials", true),
        ("http://[fd00:ec2::23]/v1/credentials", true), ("http://[fd00:0ec2:0:0:0:0:0:23]/", true),
        ("https://example.com/creds", true), ("HTTPS://example.com", true),
        ("http://example.com/", false), ("http://169.254.169.254/", false), ("http://169.254.170.3/", false),
        ("http://127.0.0.1.example.com/", false), ("http://127.1/", false), ("http://0x7f000001/", false),
        ("http://2130706433/", false), ("http://0177.0.0.1/", false), ("http://[::ffff:127.0.0.1]/", false),
        ("http://[fd00:ec2::24]/", false), ("http://[fe80::1%25lo]/", false), ("http://localhost.example.com/", false),
        ("http://localhost@example.com/", false), ("http://127.0.0.1@example.com/", false),
        ("http://example.com\\@127.0.0.1/", false), ("http://127.0.0.1\\.example.com/", false),
        ("http://example.com#@127.0.0.1/", false), ("http://127.0.0.1:80x/", false), ("http://127.0.0.1:/", false),
        ("http:///x", false), ("http://", false), ("ftp://127.0.0.1/", false), ("127.0.0.1", false),
        ("file:///etc/passwd", false), ("http://127.0.0.1/a b", false), ("http://127.0.0.1/\r\nX: y", false),
        ("http://[::1/", false), ("http://[]/", false), ("http://\u{FF11}27.0.0.1/", false),
    ])
    func asksNobodyElse(_ url: String, _ isAllowed: Bool) async throws {
        let transport = ScriptedTransport([.response(200, CredentialWorld.document(key: "k"), [:])])
        let context = CredentialContext(
            environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport: transport, direct: transport,
            models: Fixtures.models, configuration: AWSClient.Configuration())
        let answer = try? await ContainerCredentialSource(context).find()
        #expect((answer != nil) == isAllowed)
        #expect(transport.requests.map(\.url) == (isAllowed ? [url] : []))
    }

    @Test(arguments: ["v2/x", "//example.com/x\\", "@example.com/", "/a b", "/a#b"])
    func refusesPaths(_ path: String) async throws {
        let world = try CredentialWorld(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": path])
        #expect(
            await world.failure()
                == "InvalidCredentials: the container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a plain path")
    }

    @Test(arguments: [
        (StubServer.Answer.status(403, #"{"message": "BEARERBEARER"}"#), "127.0.0.1 answered 403", 1),
        (.status(500), "127.0.0.1 answered 500", 3),
        (StubServer.Answer(status: 302, headers: ["Location": "http://127.0.0.1:9/"]), "127.0.0.1 answered 302", 1),
        (.text("SECRETSECRET"), "the answer of 127.0.0.1 is not a JSON object", 1),
        (.text(#"{"AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET"}"#), "there is no `Token`", 1),
        (
            .text(#"{"AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET", "Token": "TOKENTOKEN"}"#),
            "there is no `Expiration`", 1
        ),
        (
            .text(#"{"AccessKeyId": "", "SecretAccessKey": "SECRETSECRET"}"#),
            "`AccessKeyId` is not a text, or is empty", 1
        ),
        (
            .text(CredentialWorld.document(key: "k", expiry: "2027-01-15T08:00:00Z")),
            "the credentials ended at 2027-01-15T08:00:00Z", 1
        ),
        (.text(String(repeating: " ", count: 70_000)), "the response of 127.0.0.1", 3),
    ])
    func refusesAnswers(_ answer: StubServer.Answer, _ reason: String, _ asked: Int) async throws {
        let (world, server) = try world(answer)
        let text = await world.failure()
        #expect(text.contains(": the container: \(reason)"), "\(text)")
        #expect(server.requests.count == asked)
    }

    @Test(arguments: ["BEARERBEARER\r\nX-Other: y", "BEARERBEARER\n", "BEARER\u{0}BEARER"])
    func refusesTokensThatAreNoHeader(_ token: String) async throws {
        let (world, server) = try world(.text(CredentialWorld.document(key: "k")))
        if !token.contains("\u{0}") {
            world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token
            #expect(await world.failure().contains("AWS_CONTAINER_AUTHORIZATION_TOKEN holds a line break"))
        }
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "good"
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = try world.write("token", token)
        #expect(await world.failure().contains("_TOKEN_FILE names holds a line break"))
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/nonexistent/token"
        #expect(await world.failure().contains("_TOKEN_FILE names /nonexistent/token, which is not there"))
        #expect(server.requests.isEmpty)
    }
}
