internal import Synchronization

/// Asks sources one after the other, and stays with the first that has credentials.
public final class CredentialChain: CredentialProvider {
    private let sources: [any CredentialSource]
    private let found = Mutex<(any CredentialSource)?>(nil)

    public init(sources: [any CredentialSource]) { self.sources = sources }

    /// The environment, then the shared files.
    public convenience init(environment: [String: String]) {
        self.init(sources: [
            EnvironmentCredentialSource(environment: environment),
            SharedFileCredentialSource(environment: environment),
        ])
    }

    public func credentials() async throws(AWSError) -> Credentials {
        if let source = found.withLock({ $0 }), let credentials = try await source.find() { return credentials }
        for source in sources {
            if let credentials = try await source.find() {
                found.withLock { $0 = source }
                return credentials
            }
        }
        let tried = sources.map(\.name).joined(separator: ", ")
        throw AWSError(.noCredentials, "no credentials found; tried \(tried)", kind: .credentials)
    }
}
