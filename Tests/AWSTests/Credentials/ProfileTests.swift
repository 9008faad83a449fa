import Documents
import Foundation
import Testing

@testable import AWS

struct ProfileTests {
    private static let keys = "aws_access_key_id = AKIABASE\naws_secret_access_key = SECRETSECRET\n"
    private static let role = "role_arn = arn:aws:iam::123456789012:role/"

    private func world(_ config: String, profile: String? = "a") throws -> (CredentialWorld, StubServer) {
        let server = try StubServer { request in
            let form = CredentialWorld.form(request.body)
            return CredentialWorld.sts(
                form["Action"] ?? "?", key: form["RoleArn"]?.split(separator: "/").last.map(String.init) ?? "?")
        }
        let world = try CredentialWorld(["AWS_ENDPOINT_URL_STS": server.url])
        world.environment["AWS_PROFILE"] = profile
        world.servers = [server]
        try world.write(".aws/config", config)
        return (world, server)
    }

    @Test func takesOnARole() async throws {
        let (world, server) = try world(
            """
            [profile "a"]
            \(Self.role)one
            source_profile = base
            external_id = ext:1
            role_session_name = nightly
            duration_seconds = 1800
            region = eu-central-1
            [profile base]
            \(Self.keys)
            """)
        let credentials = try await world.credentials()
        #expect(credentials.accessKeyID == "one" && credentials.expiry?.description == CredentialWorld.later)
        #expect(server.requests.count == 1)
        #expect(
            CredentialWorld.form(server.requests[0].body) == [
                "Action": "AssumeRole", "Version": "2011-06-15", "ExternalId": "ext:1", "RoleSessionName": "nightly",
                "DurationSeconds": "1800", "RoleArn": "arn:aws:iam::123456789012:role/one",
            ])
        let signature = server.requests[0].headers["authorization"] ?? ""
        #expect(signature.contains("Credential=AKIABASE/") && signature.contains("/eu-central-1/sts/"))
    }

    @Test func chainsRoles() async throws {
        let (world, server) = try world(
            """
            [profile a]
            \(Self.role)top
            source_profile = b
            [profile b]
            \(Self.role)middle
            source_profile = c
            [profile c]
            \(Self.role)ignored
            source_profile = a
            """)
        // The keys of a profile in the middle are what is stood on.
        try world.write(".aws/credentials", "[c]\n\(Self.keys)")
        #expect(try await world.credentials().accessKeyID == "top")
        let roles = server.requests.map { CredentialWorld.form($0.body)["RoleArn"]?.split(separator: "/").last }
        #expect(roles == ["middle", "top"])
        #expect(server.requests[1].headers["authorization"]?.contains("Credential=middle/") == true)
        #expect(server.requests[1].headers["x-amz-security-token"] == "TOKENTOKEN")
        #expect(CredentialWorld.form(server.requests[0].body)["RoleSessionName"] == "parapet")
    }

    @Test func standsOnItsOwnKeys() async throws {
        let (world, server) = try world("[profile a]\n\(Self.role)self\nsource_profile = a\n\(Self.keys)")
        #expect(try await world.credentials().accessKeyID == "self")
        #expect(server.requests.count == 1)
    }

    @Test func standsOnTheEnvironment() async throws {
        let (world, _) = try world("[profile a]\n\(Self.role)one\ncredential_source = Environment\n")
        world.environment["AWS_ACCESS_KEY_ID"] = "AKIAENV"
        world.environment["AWS_SECRET_ACCESS_KEY"] = "SECRETSECRET"
        let source = ProfileCredentialSource(.named, try world.context())
        guard case .found(let credentials) = try await source.find() else { throw POSIXError(.ENOENT) }
        #expect(credentials.accessKeyID == "one")
        world.environment["AWS_ACCESS_KEY_ID"] = nil
        world.environment["AWS_SECRET_ACCESS_KEY"] = nil
        #expect(await world.failure().hasSuffix("the environment: AWS_ACCESS_KEY_ID is not set"))
    }

    @Test(arguments: [("Ec2InstanceMetadata", "instance"), ("EcsContainer", "container")])
    func standsOnTheMachine(_ name: String, _ key: String) async throws {
        let (world, server) = try world("[profile a]\n\(Self.role)one\ncredential_source = \(name)\n")
        let machine = try StubServer { request in
            switch request.path {
            case "/container": .text(CredentialWorld.document(key: "container"))
            case "/latest/api/token": .text("t")
            case "/latest/meta-data/iam/security-credentials/": .text("role")
            default: .text(CredentialWorld.document(key: "instance"))
            }
        }
        world.environment["AWS_EC2_METADATA_DISABLED"] = nil
        world.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = machine.url
        world.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = machine.url + "/container"
        #expect(try await world.credentials().accessKeyID == "one")
        #expect(server.requests.last?.headers["authorization"]?.contains("Credential=\(key)/") == true)
    }

    @Test func usesATokenFile() async throws {
        let (world, server) = try world("[profile a]\n\(Self.role)web\nweb_identity_token_file = ~/token\n")
        try world.write("token", "JWT.JWT.JWT\n")
        #expect(try await world.credentials().accessKeyID == "web")
        #expect(CredentialWorld.form(server.requests[0].body)["WebIdentityToken"] == "JWT.JWT.JWT")
        #expect(server.requests[0].headers["authorization"] == nil)
    }

    /// Half a pair in one file and half in the other make no pair, and a whole one in `credentials` comes first.
    @Test func doesNotMixKeysOfTwoFiles() async throws {
        let (world, _) = try world("[default]\naws_secret_access_key = SECRETSECRET\n", profile: nil)
        try world.write(".aws/credentials", "[default]\naws_access_key_id = AKIA\n")
        #expect(await world.failure().contains("there is only one of `aws_access_key_id`"))
        try world.write(".aws/config", "[profile default]\n\(Self.keys)[default]\naws_session_token = TOKENTOKEN\n")
        try world.write(".aws/credentials", "[default]\naws_access_key_id = AKIA2\naws_secret_access_key = s\n")
        #expect(try await world.credentials() == Credentials(accessKeyID: "AKIA2", secretAccessKey: "s"))
    }

    /// Each with what the error must say.
    @Test(arguments: [
        (
            "[profile a]\n\(role)x\nsource_profile = b\n[profile b]\n\(role)y\nsource_profile = c\n[profile c]\n\(role)z\nsource_profile = b",
            "`source_profile` goes round in a loop: `a` → `b` → `c` → `b`"
        ),
        ("[profile a]\n\(role)x\nsource_profile = a", "`source_profile` goes round in a loop: `a` → `a`"),
        ("[profile a]\n\(role)x\nsource_profile = b", "~/.aws/config and ~/.aws/credentials have no profile `b`"),
        (
            "[profile a]\n\(role)x\nsource_profile = b\n[profile b]\nregion = eu-west-1",
            "profile `b`, the `source_profile` of `a`, has no credentials"
        ),
        (
            "[profile a]\n\(role)x\nsource_profile = b\n[profile b]\naws_secret_access_key = SECRETSECRET",
            "profile `b`: there is only one of `aws_access_key_id` and `aws_secret_access_key`"
        ),
        ("[profile a]\n\(role)x", "profile `a` has a `role_arn`, and none of `web_identity_token_file`"),
        (
            "[profile a]\n\(role)x\nsource_profile = b\ncredential_source = Environment",
            "profile `a` has a `role_arn`, and more than one of"
        ),
        ("[profile a]\n\(role)x\ncredential_source = environment", "`environment` cannot be the `credential_source`"),
        ("[profile a]\n\(role)x\nsource_profile = a\nmfa_serial = m\n\(keys)", "never asks for a code"),
        ("[profile a]\nrole_arn = x\nsource_profile = a\n\(keys)", "profile `a`: `x` is not the ARN of a role"),
        (
            "[profile a]\n\(role)x\nsource_profile = a\nduration_seconds = 60\n\(keys)",
            "`duration_seconds` is not a number from 900 to 43200"
        ),
        ("[profile a]\n\(role)x\nsource_profile = a\nexternal_id = a b\n\(keys)", "an external ID has 2 to 1,224"),
        (
            "[profile a]\n\(role)x\nsource_profile = a\nrole_session_name = a/b\n\(keys)",
            "`a/b` cannot name a session"
        ),
        ("[profile a]\nregion = eu-west-1", "it has no credentials in ~/.aws/config and ~/.aws/credentials"),
        ("[profile a]\nlogin_session = arn", "has a `login_session`, which Parapet does not read"),
        (
            "[profile a]\n\(role)x\nweb_identity_token_file = /nonexistent/token",
            "`web_identity_token_file` names /nonexistent/token, which is not there"
        ),
    ])
    func refuses(_ config: String, _ expected: String) async throws {
        let (world, server) = try world(config)
        let text = await world.failure()
        #expect(text.contains(expected), "\(text)")
        #expect(text.contains(": the profile `a`, which AWS_PROFILE names: "), "\(text)")
        #expect(server.requests.isEmpty)
    }

    @Test func namesTheRoleThatIsRefused() async throws {
        let (world, _) = try world("[profile a]\n\(Self.role)x\nsource_profile = b\n[profile b]\n\(Self.keys)")
        let server = try StubServer { _ in
            .status(403, "<R><Error><Code>AccessDenied</Code><Message>not you, SECRETSECRET</Message></Error></R>")
        }
        world.servers = [server]
        world.environment["AWS_ENDPOINT_URL_STS"] = server.url
        #expect(
            await world.failure()
                == "AccessDenied: the profile `a`, which AWS_PROFILE names: profile `a`: sts:AssumeRole in us-east-1: "
                + "not you, [redacted]")
    }
}
