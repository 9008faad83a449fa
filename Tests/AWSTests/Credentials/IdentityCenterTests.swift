import Documents
import Foundation
import Testing

@testable import AWS

struct IdentityCenterTests {
    private static let answer = """
        {"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "SECRETSECRET", "sessionToken": "TOKENTOKEN",
         "expiration": 1800003600000}}
        """
    private static let legacy = """
        [profile a]
        sso_start_url = https://acme.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 123456789012
        sso_role_name = Audit Only
        """
    private static let session = """
        [profile a]
        sso_session = acme
        sso_account_id = 123456789012
        sso_role_name = Audit Only
        [sso-session acme]
        sso_start_url = https://acme.awsapps.com/start
        sso_region = eu-west-1
        sso_registration_scopes = sso:account:access
        """
    private static let login = "log in with `aws sso login --profile a`"

    private static func token(_ expiry: String = CredentialWorld.later) -> String {
        #"{"accessToken": "BEARERBEARER", "expiresAt": "\#(expiry)", "region": "eu-west-1"}"#
    }

    private func world(
        _ config: String, _ answer: StubServer.Answer = .text(answer)
    ) throws -> (CredentialWorld, StubServer) {
        let server = try StubServer { _ in answer }
        let world = try CredentialWorld(["AWS_PROFILE": "a", "AWS_ENDPOINT_URL_SSO": server.url])
        world.servers = [server]
        try world.write(".aws/config", config)
        return (world, server)
    }

    private func file(_ name: String) -> String { ".aws/sso/cache/\(name).json" }

    @Test(arguments: [(legacy, "https://acme.awsapps.com/start"), (session, "acme")])
    func exchangesTheToken(_ config: String, _ key: String) async throws {
        let (world, server) = try world(config)
        try world.write(file(SHA1.hexDigest(key.utf8)), Self.token())
        #expect(
            try await world.credentials()
                == Credentials(
                    accessKeyID: "ASIASSO", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN",
                    expiry: Timestamp(seconds: 1_800_003_600)))
        let request = server.requests[0]
        #expect(request.method == "GET")
        let parts = URLComponents(string: request.path)
        #expect(parts?.path == "/federation/credentials")
        #expect(
            Set(parts?.queryItems ?? []) == [
                URLQueryItem(name: "role_name", value: "Audit Only"),
                URLQueryItem(name: "account_id", value: "123456789012"),
            ])
        #expect(request.headers["x-amz-sso_bearer_token"] == "BEARERBEARER")
        #expect(request.headers["authorization"] == nil)
    }

    /// `printf acme | sha1sum`
    @Test func namesFilesAsTheCommandLineDoes() {
        #expect(SHA1.hexDigest("acme".utf8) == "293abb6b76d7791c0732cc517d38c4b5c734b87f")
    }

    @Test(arguments: ["2027-01-15T07:59:59Z", "2027-01-15T08:00:00Z", "2020-06-17T10:02:08UTC"])
    func asksForALoginWhenTheTokenHasEnded(_ expiry: String) async throws {
        let (world, server) = try world(Self.session)
        try world.write(file(SHA1.hexDigest("acme".utf8)), Self.token(expiry))
        let text = await world.failure()
        #expect(text.contains("the token ended at") && text.hasSuffix(Self.login), "\(text)")
        #expect(server.requests.isEmpty)
    }

    @Test func asksForALoginWhenThereIsNoToken() async throws {
        let (world, server) = try world(Self.session)
        #expect(await world.failure().contains("nobody has logged in"))
        for content in ["", "[]", #"{"accessToken": ""}"#, #"{"accessToken": "BEARERBEARER"}"#] {
            try world.write(file(SHA1.hexDigest("acme".utf8)), content)
            let text = await world.failure()
            #expect(text.contains("holds no token") && text.hasSuffix(Self.login), "\(text)")
        }
        #expect(server.requests.isEmpty)
    }

    @Test func asksForALoginWhenTheTokenIsRefused() async throws {
        let refusal = StubServer.Answer(
            status: 401, headers: ["x-amzn-ErrorType": "UnauthorizedException"],
            body: #"{"message": "Session token BEARERBEARER not found or invalid"}"#)
        let (world, _) = try world(Self.session, refusal)
        try world.write(file(SHA1.hexDigest("acme".utf8)), Self.token())
        #expect(await world.failure().hasSuffix("the token is not accepted; \(Self.login)"))
    }

    @Test(arguments: [
        (403, #"{"message": "No access, BEARERBEARER"}"#, "sso:GetRoleCredentials in eu-west-1: No access, [redacted]"),
        (200, "{}", "the answer has no credentials"),
        (200, #"{"roleCredentials": {"accessKeyId": "SECRETSECRET"}}"#, "the answer has no credentials"),
    ])
    func refusesAnswers(_ status: Int, _ body: String, _ reason: String) async throws {
        let (world, _) = try world(Self.session, .status(status, body))
        try world.write(file(SHA1.hexDigest("acme".utf8)), Self.token())
        let text = await world.failure()
        #expect(text.hasSuffix("IAM Identity Center for profile `a`: \(reason)"), "\(text)")
    }

    @Test(arguments: [
        (legacy.replacing("sso_region = eu-west-1\n", with: ""), "without `sso_region`"),
        (session.replacing("sso_role_name = Audit Only\n", with: ""), "without `sso_role_name`"),
        (session.replacing("[sso-session acme]", with: "[sso-session other]"), "names the sso-session `acme`, which"),
        (
            session.replacing("sso_session = acme", with: "sso_session = acme\nsso_region = us-east-1"),
            "differ in `sso_region`"
        ),
    ])
    func refusesSettings(_ config: String, _ reason: String) async throws {
        let (world, _) = try world(config)
        #expect(await world.failure().contains(reason))
    }
}
