/// Gives out credentials for the next request.
public protocol CredentialProvider: Sendable {
    func credentials() async throws(AWSError) -> Credentials
}

/// Always the same credentials.
public struct StaticCredentialProvider: CredentialProvider {
    private let value: Credentials

    public init(_ credentials: Credentials) { value = credentials }

    public func credentials() async throws(AWSError) -> Credentials { value }
}
