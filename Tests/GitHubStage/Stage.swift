package import Documents
internal import Foundation
package import GitHub
package import HTTP
internal import Synchronization
package import Testing

/// A contract server in a known state, and clients whose clock jumps instead of waiting.
package struct Stage {
    package let server: ContractServer
    package let clock = JumpingClock()
    package let http: HTTPClient

    package init(_ seed: Seed = Seed(), server: ContractServer? = nil) async throws {
        self.server = try server ?? ContractServer.shared.get()
        http = try HTTPClient(configuration: HTTPConfiguration(usesProxy: false))
        try await self.server.begin(seed)
    }

    package enum Account: CaseIterable {
        case actions, app, person, otherApp, fork, reader, nobody
    }

    package func credentials(_ account: Account) throws -> GitHubCredentials? {
        switch account {
        case .actions: .actions(try #require(Secret("ghs_actions")))
        case .fork: .actions(try #require(Secret("ghs_fork")))
        case .otherApp: .installation(try #require(Secret("ghs_other")))
        case .person: .personal(try #require(Secret("ghp_readwrite")))
        case .reader: .personal(try #require(Secret("ghp_readonly")))
        case .app: .app(try GitHubApp(id: "4242", privateKey: server.keys.pkcs1))
        case .nobody: nil
        }
    }

    package func client(
        _ account: Account = .actions, plan: RequestPlan? = nil, transport: (any HTTPTransport)? = nil,
        change: (inout GitHubClient.Configuration) -> Void = { _ in }
    ) throws -> GitHubClient {
        try client(as: credentials(account), plan: plan, transport: transport, change: change)
    }

    package func client(
        as credentials: GitHubCredentials?, plan: RequestPlan? = nil, transport: (any HTTPTransport)? = nil,
        change: (inout GitHubClient.Configuration) -> Void = { _ in }
    ) throws -> GitHubClient {
        var configuration = GitHubClient.Configuration()
        let (clock, server) = (clock, server)
        configuration.clock = GitHubClock(
            time: { clock.time }, elapsed: { clock.elapsed },
            sleep: { try await server.control("clock", ["offset": .number(clock.jump($0))]) })
        change(&configuration)
        return GitHubClient(
            api: try GitHubAPI(root: server.root, server: "https://github.com"),
            repository: try #require(RepositoryName("octo/posture")), credentials: credentials,
            http: transport ?? http, configuration: configuration, plan: plan)
    }

    package static let marker = CommentMarker("acme/prod")

    package func comment(
        _ bodies: String..., mode: StickyComment.Mode = .update, head: String = Seed.head
    ) -> StickyComment {
        StickyComment(marker: Self.marker, pullRequest: 7, head: head, bodies: bodies, mode: mode)
    }

    /// The comments that carry the marker and are ours.
    package func sticky(of user: String = "github-actions[bot]") async throws -> [ContractServer.Comment] {
        try await server.comments().filter { $0.user == user && $0.body.hasPrefix(Self.marker.line + "\n") }
    }

    package static func marked(_ text: String) -> String { marker.line + "\n" + text }

    /// At the end of a test: no request broke GitHub's rules.
    package func expectNoErrors(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(try await server.errors() == [], sourceLocation: sourceLocation)
    }

    /// How many requests there were of an operation.
    package func count(_ request: String) async throws -> Int {
        try await server.requests().count { $0 == request }
    }
}

/// Real time, and what has been slept on top.
package final class JumpingClock: Sendable {
    private let start = ContinuousClock.now
    private let slept = Mutex(Duration.zero)

    package init() {}

    package var elapsed: Duration { ContinuousClock.now - start + slept.withLock { $0 } }

    package var time: Timestamp {
        Timestamp(microseconds: Int64((Date().timeIntervalSince1970 + seconds(slept.withLock { $0 })) * 1_000_000))
    }

    /// All that was slept.
    package var total: Duration { slept.withLock { $0 } }

    /// Seconds slept so far, these included.
    package func jump(_ duration: Duration) -> Double {
        seconds(
            slept.withLock { slept in
                slept += duration
                return slept
            })
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
