/// What a token may do in a repository.
public struct Permission: Sendable, Hashable {
    public enum Access: String, Sendable, Hashable { case read, write }

    /// As GitHub Apps name it: `pull_requests`.
    public let name: String
    public let access: Access

    public init(_ name: String, _ access: Access) {
        self.name = name
        self.access = access
    }

    public static let pullRequestsRead = Permission("pull_requests", .read)
    public static let pullRequestsWrite = Permission("pull_requests", .write)
    public static let checksWrite = Permission("checks", .write)
    public static let statusesWrite = Permission("statuses", .write)
    public static let membersRead = Permission("members", .read)
    public static let metadataRead = Permission("metadata", .read)

    /// As a workflow says it: `pull-requests: write`.
    var workflowLine: String { "\(name.replacing("_", with: "-")): \(access.rawValue)" }
}
