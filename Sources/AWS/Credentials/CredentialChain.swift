public import Documents
internal import Synchronization

/// Asks sources one after the other, stays with the first that has credentials, and has it fetch new ones in time.
public struct CredentialChain: CredentialProvider {
    private let provider: RefreshingCredentialProvider

    public init(sources: [any CredentialSource], now: @escaping @Sendable () -> Timestamp = { SystemClock.now() }) {
        let search = CredentialSearch(sources: sources)
        provider = RefreshingCredentialProvider(now: now) { () async throws(AWSError) -> Credentials in
            try await search.credentials(at: now())
        }
    }

    /// The order in which Parapet looks for credentials.
    public init(_ context: CredentialContext) {
        self.init(
            sources: [
                EnvironmentCredentialSource(environment: context.environment),
                ProfileCredentialSource(.named, context),
                WebIdentityEnvironmentSource(context),
                GitHubCredentialSource(context),
                ProfileCredentialSource(.standard, context),
                ContainerCredentialSource(context),
                InstanceCredentialSource(context),
            ], now: context.client.configuration.now)
    }

    public func credentials() async throws(AWSError) -> Credentials { try await provider.credentials() }

    public func discard(_ credentials: Credentials) async { await provider.discard(credentials) }
}

/// Remembers which source had credentials: another one could be another identity.
private final class CredentialSearch: Sendable {
    private let sources: [any CredentialSource]
    private let found = Mutex<(any CredentialSource)?>(nil)

    init(sources: [any CredentialSource]) { self.sources = sources }

    func credentials(at moment: Timestamp) async throws(AWSError) -> Credentials {
        if let source = found.withLock({ $0 }) { return try await source.require(at: moment) }
        var reasons: [String] = []
        for source in sources {
            switch try await source.answer(at: moment) {
            case .found(let credentials):
                found.withLock { $0 = source }
                return credentials
            case .nothing(let reason): reasons.append("\(source.name): \(reason)")
            }
        }
        throw AWSError(
            .noCredentials, "there are no AWS credentials. Looked at \(reasons.joined(separator: "; "))",
            kind: .credentials)
    }
}
