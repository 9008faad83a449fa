import Documents
import Foundation
import Synchronization
import Testing

@testable import AWS

struct CredentialsTests {
    @Test func textNeverShowsSecrets() {
        let credentials = Fixtures.credentials
        var dumped = ""
        dump(credentials, to: &dumped)
        dump([credentials], to: &dumped)
        let texts = [
            "\(credentials)", String(reflecting: credentials), dumped, "\([credentials])",
            "\(Optional(credentials) as Any)", "\(CredentialAnswer.found(credentials))",
            "\(StaticCredentialProvider(credentials))",
        ]
        for text in texts {
            #expect(!text.contains("topsecret"))
            #expect(!text.contains("tokentoken"))
            #expect(!text.contains("AKIDEXAMPLEAKID"))
        }
    }

    @Test func readsTheEnvironment() async throws {
        let world = try CredentialWorld([
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c",
        ])
        #expect(
            try await world.credentials() == Credentials(accessKeyID: "a", secretAccessKey: "b", sessionToken: "c"))
        for (set, missing) in [
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
        ] {
            let half = try CredentialWorld([set: "SECRETSECRET", missing: "", "AWS_PROFILE": "x"])
            #expect(
                await half.failure() == "InvalidCredentials: the environment: \(set) is set and \(missing) is not")
        }
    }

    @Test func readsTheKeysOfProfiles() async throws {
        let world = try CredentialWorld()
        try world.write(
            ".aws/credentials",
            """
            # a comment
            [default]
            aws_access_key_id = one
            aws_secret_access_key=two/+= ; a comment
            [ other ]
            aws_access_key_id = three
            """)
        #expect(try await world.credentials() == Credentials(accessKeyID: "one", secretAccessKey: "two/+="))
        world.environment["AWS_PROFILE"] = "other"
        #expect(
            await world.failure()
                == "InvalidCredentials: the profile `other`, which AWS_PROFILE names: there is only one of "
                + "`aws_access_key_id` and `aws_secret_access_key`")
        world.environment["AWS_PROFILE"] = "missing"
        #expect(
            await world.failure()
                == "InvalidCredentials: the profile `missing`, which AWS_PROFILE names: ~/.aws/config and "
                + "~/.aws/credentials have no such profile")
    }

    /// Whoever has nothing set up learns where Parapet looked, and why each place had nothing.
    @Test func namesEverySourceThatHasNothing() async throws {
        let world = try CredentialWorld()
        #expect(
            await world.failure() == """
                NoCredentials: there are no AWS credentials. Looked at \
                the environment: AWS_ACCESS_KEY_ID is not set; \
                the profile in AWS_PROFILE: AWS_PROFILE is not set; \
                web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; \
                GitHub Actions: AWS_ROLE_ARN is not set; \
                the profile `default`: ~/.aws/config and ~/.aws/credentials have no such profile; \
                the container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI \
                is set; \
                the instance: AWS_EC2_METADATA_DISABLED is true
                """)
    }

    /// Sets everything up, and takes one source away after the other.
    @Test func asksTheSourcesInOrder() async throws {
        let server = try StubServer { request in
            switch request.path {
            case "/": CredentialWorld.sts("AssumeRoleWithWebIdentity", key: "web")
            case "/container": .text(CredentialWorld.document(key: "container"))
            case "/latest/api/token": .text("instance-token")
            case "/latest/meta-data/iam/security-credentials/": .text("role")
            default: .text(CredentialWorld.document(key: "instance"))
            }
        }
        let world = try CredentialWorld()
        world.environment.merge([
            "AWS_ACCESS_KEY_ID": "environment", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PROFILE": "named",
            "AWS_ENDPOINT_URL_STS": server.url, "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/web",
            "AWS_WEB_IDENTITY_TOKEN_FILE": try world.write("token", "JWT.JWT.JWT"),
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/container",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_EC2_METADATA_DISABLED": "",
        ]) { $1 }
        let keys = { (name: String) in "[\(name)]\naws_access_key_id=\(name)\naws_secret_access_key=s\n" }
        try world.write(".aws/credentials", keys("named") + keys("default"))
        for (expected, variable) in [
            ("environment", "AWS_ACCESS_KEY_ID"), ("named", "AWS_PROFILE"), ("web", "AWS_WEB_IDENTITY_TOKEN_FILE"),
            ("default", "HOME"), ("container", "AWS_CONTAINER_CREDENTIALS_FULL_URI"), ("instance", ""),
        ] {
            #expect(try await world.credentials().accessKeyID == expected)
            world.environment[variable] = nil
            if variable == "AWS_ACCESS_KEY_ID" { world.environment["AWS_SECRET_ACCESS_KEY"] = nil }
        }
    }

    /// A source that answers from a list.
    final class ScriptedSource: CredentialSource {
        let name: String
        private let answers: Mutex<[CredentialAnswer]>

        init(_ name: String, _ answers: [CredentialAnswer]) {
            self.name = name
            self.answers = Mutex(answers)
        }

        func find() async throws(AWSError) -> CredentialAnswer {
            answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    /// Later credentials must not be those of another identity.
    @Test func staysWithTheSourceThatItFound() async throws {
        let now = Mutex<Int64>(0)
        func credentials(_ key: String, until end: Int64) -> CredentialAnswer {
            .found(Credentials(accessKeyID: key, secretAccessKey: "s", expiry: Timestamp(seconds: end)))
        }
        let chain = CredentialChain(
            sources: [
                ScriptedSource("first", [.nothing("not yet"), credentials("first", until: 90_000)]),
                ScriptedSource(
                    "second",
                    [credentials("a", until: 3_600), credentials("b", until: 7_200), .nothing("it went away")]),
            ], now: { Timestamp(seconds: now.withLock { $0 }) })
        #expect(try await chain.credentials().accessKeyID == "a")
        now.withLock { $0 = 3_500 }
        #expect(try await chain.credentials().accessKeyID == "b")
        now.withLock { $0 = 7_200 }
        await #expect { try await chain.credentials() } throws: { error in
            "\(error)" == "InvalidCredentials: second: it went away"
        }
    }

    /// A source that is set up and fails is not passed over.
    @Test func doesNotPassOverFailures() async throws {
        let world = try CredentialWorld(["AWS_PROFILE": "broken"])
        try world.write(
            ".aws/credentials",
            "[broken]\naws_access_key_id = k\n[default]\naws_access_key_id = k\naws_secret_access_key = s\n")
        #expect(await world.failure().hasPrefix("InvalidCredentials: the profile `broken`"))
        world.environment["AWS_SHARED_CREDENTIALS_FILE"] = world.home.path
        #expect(await world.failure().contains("\(world.home.path) cannot be read: Is a directory"))
    }

    @Test(arguments: ["2027-01-15T08:00:00Z", "2027-01-15T07:59:59Z", "1999-01-01T00:00:00Z"])
    func refusesCredentialsThatHaveEnded(_ expiry: String) async throws {
        let world = try CredentialWorld()
        let output =
            #"{"Version": 1, "AccessKeyId": "k", "SecretAccessKey": "SECRETSECRET", "Expiration": "\#(expiry)"}"#
        let script = try world.script("get", "echo '\(output)'")
        try world.write(".aws/config", "[default]\ncredential_process = \(script)\n")
        #expect(
            await world.failure() == "InvalidCredentials: the profile `default`: the credentials ended at \(expiry)")
    }
}
