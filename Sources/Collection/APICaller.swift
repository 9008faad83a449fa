public import AWS
public import Documents

/// What collection needs of a client: the whole answer to a read-only call, all pages in one.
public protocol APICaller: Sendable {
    func answer(
        _ service: String, _ operation: String, _ input: JSON, region: String
    ) async throws(AWSError) -> JSON
}
