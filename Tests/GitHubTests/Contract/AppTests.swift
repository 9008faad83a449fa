import Documents
import GitHub
import GitHubStage
import Synchronization
import Testing

extension ContractTests {
    @Suite struct AppTests {
        @Test(arguments: ["4242", "Iv23stub"]) func anAppMakesATokenForTheRepository(id: String) async throws {
            let stage = try await Stage()
            for key in [stage.server.keys.pkcs1, stage.server.keys.pkcs8.replacing("\n", with: "\\n")] {
                let client = try stage.client(as: .app(GitHubApp(id: id, privateKey: key)))
                #expect(try await client.ownLogin() == "posture-bot[bot]")
                #expect(try await client.pullRequest(7).number == 7)
                #expect(try await client.pullRequest(7).number == 7)
            }
            // One token each, however often it is used.
            #expect(try await stage.count("POST apps/create-installation-access-token") == 2)
            #expect(try await stage.server.warnings() == [])
            try await stage.expectNoErrors()
        }

        @Test func aRunnerCanBeToldOfNewTokens() async throws {
            let stage = try await Stage()
            let told = Mutex<[String]>([])
            let client = try stage.client(.app) {
                $0.onNewToken = { token in told.withLock { $0.append(token.maskCommand) } }
            }
            _ = try await client.pullRequest(7)
            #expect(told.withLock { $0.map { $0.prefix(16) } } == ["::add-mask::ghs_"])
        }

        @Test func aTokenIsMadeAnewAMinuteBeforeItsEnd() async throws {
            var seed = Seed()
            seed.tokenLife = 120
            let stage = try await Stage(seed)
            let client = try stage.client(.app) { $0.timeLimit = .seconds(3_600) }
            _ = try await client.pullRequest(7)
            try await stage.server.control("clock", ["offset": .number(stage.clock.jump(.seconds(55)))])
            _ = try await client.pullRequest(7)
            #expect(try await stage.count("POST apps/create-installation-access-token") == 1)
            try await stage.server.control("clock", ["offset": .number(stage.clock.jump(.seconds(10)))])
            _ = try await client.pullRequest(7)
            #expect(try await stage.count("POST apps/create-installation-access-token") == 2)
            #expect(try await stage.count("GET apps/get-repo-installation") == 1)
            try await stage.expectNoErrors()
        }

        @Test func aRefusedTokenIsReplacedOnce() async throws {
            let stage = try await Stage()
            let client = try stage.client(.app)
            _ = try await client.pullRequest(7)
            try await stage.server.inject([["kind": "r401", "match": ["op": "pulls/get"]]])
            _ = try await client.pullRequest(7)
            #expect(try await stage.count("POST apps/create-installation-access-token") == 2)
            try await stage.server.inject([["kind": "r401", "times": 9, "match": ["op": "pulls/get"]]])
            let error = await #expect(throws: GitHubError.self) { _ = try await client.pullRequest(7) }
            #expect(error?.code == .unauthorized)
            #expect(try await stage.count("POST apps/create-installation-access-token") == 3)
            try await stage.expectNoErrors()
        }

        @Test func aTokenAsksForNothingThatWasNotGranted() async throws {
            var seed = Seed()
            seed.permissions = ["pull_requests": "write", "metadata": "read"]
            let stage = try await Stage(seed)
            #expect(try await stage.comment("text").publish(with: stage.client(.app)).action == .created)
            seed.permissions = ["contents": "read"]
            let other = try await Stage(seed)
            let error = await #expect(throws: GitHubError.self) { _ = try await other.client(.app).pullRequest(7) }
            #expect(error?.code == .forbidden)
            try await stage.expectNoErrors()
        }

        @Test func anAppThatIsNotInstalledIsNamed() async throws {
            let stage = try await Stage()
            let client = GitHubClient(
                api: try GitHubAPI(root: stage.server.root, server: "https://github.com"),
                repository: try #require(RepositoryName("octo/other")), credentials: try stage.credentials(.app),
                http: stage.http)
            let error = await #expect(throws: GitHubError.self) { _ = try await client.pullRequest(7) }
            #expect(error?.help?.contains("not installed in octo/other") == true)
            try await stage.expectNoErrors()
        }

        @Test func keysOfOtherKindsAreRefused() async throws {
            let keys = try ContractServer.shared.get().keys
            for (key, reason) in [
                (keys.encrypted, "encrypted"), (keys.elliptic, "no RSA key"), (keys.short, "2048"), ("", "PEM"),
                ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "PEM"),
            ] {
                let error = #expect(throws: GitHubError.self) { try GitHubApp(id: "4242", privateKey: key) }
                #expect(error?.code == .invalidKey)
                #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
            }
            #expect(throws: GitHubError.self) { try GitHubApp(id: "42/../42", privateKey: keys.pkcs1) }
        }

        @Test func nothingPrintsAKeyOrAToken() async throws {
            let stage = try await Stage()
            let token = try #require(Secret("ghs_secret"))
            #expect("\(token) \(String(reflecting: token))" == "[redacted] [redacted]")
            #expect(token.maskCommand == "::add-mask::ghs_secret")
            let secret = String(stage.server.keys.pkcs1.split(separator: "\n")[3])
            for account in [Stage.Account.app, .actions, .person] {
                let credentials = try stage.credentials(account)
                let client = try stage.client(account)
                var text = "\(String(describing: credentials)) \(String(reflecting: credentials))"
                dump(credentials, to: &text)
                text += "\(String(describing: client)) \(String(reflecting: client))"
                for part in ["ghs_", "ghp_", secret] { #expect(!text.contains(part)) }
                // Bytes print as numbers.
                #expect(!text.contains("45, 45, 45"))
            }
        }
    }

    @Suite struct ServerTests {
        @Test func anEnterpriseServerHasAPrefix() async throws {
            let server = try ContractServer(prefix: "/api/v3")
            var seed = Seed()
            seed.comments = (0..<150).map { ("alice", "comment \($0)") }
            let stage = try await Stage(seed, server: server)
            #expect(server.root.hasSuffix("/api/v3"))
            for (text, mode) in [("one", StickyComment.Mode.update), ("two", .hide), ("three", .update)] {
                _ = try await stage.comment(text, mode: mode).publish(with: stage.client())
            }
            #expect(try await stage.server.comments().suffix(2).map(\.isMinimized) == [true, false])
            #expect(try await stage.sticky().map(\.body) == [Stage.marked("three")])
            #expect(try await stage.client(.otherApp).ownLogin() == "other-app[bot]")
            try await stage.expectNoErrors()
        }
    }
}
