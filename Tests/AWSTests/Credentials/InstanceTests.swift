import Documents
import Foundation
import HTTP
import Testing

@testable import AWS

struct InstanceTests {
    private static let list = "/latest/meta-data/iam/security-credentials/"

    /// Version 2 alone: whoever comes without a token is turned away.
    private func server(
        token: StubServer.Answer = .text("IMDSTOKEN"), role: StubServer.Answer = .text("scanner\nother\n"),
        credentials: StubServer.Answer = .text(CredentialWorld.document(key: "ASIAEC2"))
    ) throws -> StubServer {
        try StubServer { request in
            if request.method == "PUT", request.path == "/latest/api/token" { return token }
            guard request.headers["x-aws-ec2-metadata-token"] == "IMDSTOKEN" else { return .status(401) }
            return request.path == Self.list ? role : credentials
        }
    }

    private func world(_ server: StubServer) throws -> CredentialWorld {
        let world = try CredentialWorld([
            "AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url + "/",
        ])
        world.servers = [server]
        return world
    }

    @Test func asksTheMetadataService() async throws {
        let server = try server()
        #expect(
            try await world(server).credentials()
                == Credentials(
                    accessKeyID: "ASIAEC2", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN",
                    expiry: Timestamp(CredentialWorld.later)))
        #expect(
            server.requests.map { "\($0.method) \($0.path)" } == [
                "PUT /latest/api/token", "GET \(Self.list)", "GET \(Self.list)scanner",
            ])
        #expect(server.requests[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
        #expect(server.requests[0].headers["content-length"] == "0")
    }

    @Test func asksNobodyWhereItIsDisabled() async throws {
        let server = try server()
        let world = try world(server)
        world.environment["AWS_EC2_METADATA_DISABLED"] = "TRUE"
        #expect(await world.failure().hasSuffix("the instance: AWS_EC2_METADATA_DISABLED is true"))
        #expect(server.requests.isEmpty)
    }

    /// Without a token nothing else is asked: there is no way back to version 1.
    @Test(arguments: [
        (StubServer.Answer.status(403), "127.0.0.1 gave no token (status 403)"),
        (.status(404), "127.0.0.1 gave no token (status 404)"), (.text(""), "127.0.0.1 gave no token (status 200)"),
        (.text("a\r\nb"), "127.0.0.1 gave no token (status 200)"),
        (StubServer.Answer(status: 307, headers: ["Location": "/latest/api/token"]), "gave no token (status 307)"),
        (StubServer.Answer(body: "IMDSTOKEN", delay: 3), "no answer from 127.0.0.1"),
    ])
    func endsWithoutAToken(_ answer: StubServer.Answer, _ reason: String) async throws {
        let server = try server(token: answer)
        let text = await (try world(server)).failure()
        #expect(text.hasPrefix("InvalidCredentials: the instance: ") && text.hasSuffix(reason), "\(text)")
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        (StubServer.Answer.status(404), "NoCredentials", "the instance has no role"),
        (.text("\n"), "NoCredentials", "the instance has no role"),
        (.status(500), "InvalidCredentials", "answered 500 when asked for the role"),
        (.text("../../x"), "InvalidCredentials", "the metadata service names no role"),
        (.text("<html>"), "InvalidCredentials", "the metadata service names no role"),
    ])
    func judgesTheRole(_ answer: StubServer.Answer, _ code: String, _ reason: String) async throws {
        let server = try server(role: answer)
        let text = await (try world(server)).failure()
        #expect(text.hasPrefix(code + ": ") && text.hasSuffix(reason), "\(text)")
        #expect(server.requests.count == 2)
    }

    @Test(arguments: [
        (StubServer.Answer.status(404), "no credentials of the role `scanner` (status 404)"),
        (.text("SECRETSECRET"), "no credentials of the role `scanner` (status 200)"),
        (
            .text(#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "SECRETSECRET"}"#),
            "`scanner`: AssumeRoleUnauthorizedAccess"
        ),
        (.text(#"{"Code": "Success", "AccessKeyId": "a", "Token": "TOKENTOKEN"}"#), "there is no `SecretAccessKey`"),
        (
            .text(CredentialWorld.document(key: "k", expiry: "2027-01-15T07:00:00Z")),
            "the credentials ended at 2027-01-15T07:00:00Z"
        ),
    ])
    func refusesAnswers(_ answer: StubServer.Answer, _ reason: String) async throws {
        let text = await (try world(try server(credentials: answer))).failure()
        #expect(text.hasPrefix("InvalidCredentials: the instance: ") && text.hasSuffix(reason), "\(text)")
    }

    @Test(arguments: [
        ([:], "http://169.254.169.254"), (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], "http://[fd00:ec2::254]"),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://[::1]:1338"], "http://[::1]:1338"),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "https://imds.example.com/base//"], "https://imds.example.com/base"),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://imds.example.com/"], nil),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1/?x="], nil),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"], nil),
    ])
    func asksOnlyTheMachineItself(_ environment: [String: String], _ place: String?) async throws {
        let transport = ScriptedTransport([.failure(.couldNotConnect)])
        let context = CredentialContext(
            environment: environment, transport: transport, direct: transport, models: Fixtures.models,
            configuration: AWSClient.Configuration())
        let answer = try? await InstanceCredentialSource(context).find()
        #expect(transport.requests.map(\.url) == (place.map { [$0 + "/latest/api/token"] } ?? []))
        // Not being on an instance is no error, unless an endpoint was named.
        #expect((answer != nil) == (place != nil && environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] == nil))
    }
}
