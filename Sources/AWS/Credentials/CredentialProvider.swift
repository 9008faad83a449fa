/// Gives out credentials for the next request.
public protocol CredentialProvider: Sendable {
    func credentials() async throws(AWSError) -> Credentials

    /// AWS says that these have ended: they are not given out again, where there is another way to get some.
    func discard(_ credentials: Credentials) async
}

extension CredentialProvider {
    public func discard(_ credentials: Credentials) async {}
}

/// Always the same credentials.
public struct StaticCredentialProvider: CredentialProvider {
    private let value: Credentials

    public init(_ credentials: Credentials) { value = credentials }

    public func credentials() async throws(AWSError) -> Credentials { value }
}
