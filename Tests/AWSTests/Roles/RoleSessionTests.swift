import Documents
import HTTP
import Testing

@testable import AWS

struct RoleSessionTests {
    private static let role = "arn:aws:iam::123456789012:role/r"
    private static let refusal = "<R><Error><Code>PackedPolicyTooLarge</Code><Message>112%</Message></Error></R>"
    private static let answer = """
        <R><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
        <SessionToken>t</SessionToken><Expiration>2026-11-21T07:00:00Z</Expiration></Credentials></AssumeRoleResult></R>
        """

    private func session() throws -> RoleSession {
        var session = try RoleSession(role: Self.role, name: "parapet-1", externalID: try ExternalID("x/y"))
        session.policyARNs = ["arn:aws:iam::aws:policy/SecurityAudit"]
        session.policy = SessionPolicy.denyingAll(but: ["iam:ListUsers"], beside: [])
        try session.setTags([("team", "security")])
        try session.setSourceIdentity("nightly@scan")
        return session
    }

    @Test func tellsEverythingToSTS() async throws {
        let (client, transport) = Fixtures.client([.response(200, Self.answer, [:])])
        let credentials = try await client.assumeRole(try session(), region: "eu-west-1")
        #expect(credentials.accessKeyID == "ASIA1")
        #expect(credentials.expiry?.description == "2026-11-21T07:00:00Z")
        #expect(
            CredentialWorld.form(String(decoding: transport.requests[0].body, as: UTF8.self)) == [
                "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": Self.role, "RoleSessionName": "parapet-1",
                "ExternalId": "x/y", "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/SecurityAudit",
                "Policy":
                    #"{"Statement":[{"Effect":"Deny","NotAction":["iam:ListUsers"],"Resource":"*"}],"Version":"2012-10-17"}"#,
                "Tags.member.1.Key": "team", "Tags.member.1.Value": "security", "SourceIdentity": "nightly@scan",
            ])
    }

    /// The policies' packed size shows only when STS packs them. The managed policies stay.
    @Test func goesWithoutAPolicyThatIsTooLarge() async throws {
        let (client, transport) = Fixtures.client([.response(400, Self.refusal, [:]), .response(200, Self.answer, [:])])
        let provider = client.roleProvider(try session(), region: "eu-west-1")
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        let forms = transport.requests.map { CredentialWorld.form(String(decoding: $0.body, as: UTF8.self)) }
        #expect(forms.map { $0["Policy"] != nil } == [true, false])
        #expect(forms.allSatisfy { $0["PolicyArns.member.1.arn"] != nil && $0["ExternalId"] == "x/y" })
    }

    @Test func keepsTheOnlyBoundOfASession() async throws {
        let (client, transport) = Fixtures.client([.response(400, Self.refusal, [:])])
        var session = try session()
        session.policyARNs = []
        let provider = client.roleProvider(session, region: "eu-west-1")
        await #expect(throws: AWSError.self) { try await provider.credentials() }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        ("ab", true), ("A1_+=,.@:/-", true), (String(repeating: "x", count: 1_224), true), ("", false), ("a", false),
        (String(repeating: "x", count: 1_225), false), ("a b", false), ("a\nb", false), ("ab\r\n", false),
        ("caf\u{E9}", false), ("cafe\u{301}", false), ("a*", false), ("\u{FF11}\u{FF12}", false), ("a\\b", false),
    ])
    func checksExternalIDs(_ text: String, _ isFit: Bool) {
        #expect((try? ExternalID(text))?.text == (isFit ? text : nil))
    }

    @Test(arguments: [
        ("arn:aws:iam::123456789012:role/r", "n1", true), ("arn:aws-cn:iam::123456789012:role/a/b", "n-1", true),
        ("arn:aws:iam::123456789012:user/r", "n1", false), ("role", "n1", false), ("", "n1", false),
        ("arn:aws:iam::1:role/r\nx", "n1", false), ("arn:aws:iam::123456789012:role/r", "n", false),
        ("arn:aws:iam::123456789012:role/r", "a/b", false),
        ("arn:aws:iam::123456789012:role/r", String(repeating: "n", count: 65), false),
    ])
    func checksRolesAndNames(_ role: String, _ name: String, _ isFit: Bool) {
        #expect(((try? RoleSession(role: role, name: name)) != nil) == isFit)
    }

    @Test func checksTagsAndIdentities() throws {
        var session = try session()
        let many = (0...50).map { (key: "k\($0)", value: "") }
        #expect(throws: AWSError.self) { try session.setTags(many) }
        #expect(throws: AWSError.self) { try session.setTags([("", "v")]) }
        #expect(throws: AWSError.self) { try session.setTags([("k", String(repeating: "v", count: 257))]) }
        #expect(throws: AWSError.self) { try session.setSourceIdentity("a b") }
        try session.setTags(Array(many.prefix(50)))
        #expect(session.tags.count == 50)
    }

    /// Proxies and stand-ins for STS repeat what they were sent.
    @Test func errorsDoNotRepeatTokens() async throws {
        let token = "JWT.JWT.JWT"
        let echo =
            "<R><Error><Code>Invalid\(token)</Code><Message>\(String(repeating: "x", count: 290))\(token)</Message></Error></R>"
        let (client, _) = Fixtures.client([.response(400, echo, [:])])
        let session = try RoleSession(role: Self.role, name: "parapet")
        await #expect {
            try await client.assumeRole(session, webIdentity: token, region: "eu-west-1")
        } throws: { error in
            let text = "\(error)"
            return text.contains("Invalidredacted") && !text.contains("JWT")
        }
    }
}
