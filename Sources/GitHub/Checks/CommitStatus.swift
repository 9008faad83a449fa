internal import Documents

/// A line beside a commit: what is left where no check run can be made.
public struct CommitStatus: Sendable {
    public enum State: String, Sendable, Hashable, CaseIterable { case error, failure, pending, success }

    /// The full id of the commit.
    public var head: String
    /// What it is about: a commit has one status for each.
    public var context: String
    public var state: State
    /// At most 140 characters are shown.
    public var text: String
    /// A page with details.
    public var targetURL: String?

    public init(head: String, context: String, state: State, text: String, targetURL: String? = nil) {
        self.head = head
        self.context = context
        self.state = state
        self.text = text
        self.targetURL = targetURL
    }

    /// What has happened.
    public enum Outcome: Sendable, Equatable {
        case created
        case unchanged
        case planned
        case notAllowed(GitHubError)
    }

    /// Sets the status where it is not set already.
    public func publish(with client: GitHubClient) async throws(GitHubError) -> Outcome {
        var body: JSONObject = [
            "state": .string(state.rawValue), "context": .string(context), "description": .string(line),
        ]
        if let targetURL { body["target_url"] = .string(targetURL) }
        let request = APIRequest.create(
            "\(client.path)/statuses/\(head.percentEncoded)", .object(body), needs: .statusesWrite)
        do throws(GitHubError) {
            let knowsNothing = client.plan != nil && client.credentials == nil
            if !knowsNothing, try await stands(with: client) != nil { return .unchanged }
            let made = try await Creation(client: client, request: request).run { _ in
                true
            } find: { () async throws(GitHubError) in
                try await stands(with: client)
            }
            return made == nil ? .planned : .created
        } catch {
            guard error.code == .forbidden || error.code == .notFound else { throw error }
            return .notAllowed(error)
        }
    }

    private var line: String { text.inert.cut(to: 140) }

    /// True where the last status of the context says the same; nil otherwise.
    private func stands(with client: GitHubClient) async throws(GitHubError) -> Bool? {
        let isOurs = { @Sendable (status: JSON) in status["context"]?.string?.hasSameBytes(as: context) == true }
        let statuses = try await client.list(
            "\(client.path)/commits/\(head.percentEncoded)/statuses", needs: .statusesWrite,
            until: { $0.contains(where: isOurs) })
        guard let last = statuses.first(where: isOurs), last["state"]?.string == state.rawValue,
            (last["description"]?.string ?? "").hasSameBytes(as: line),
            (last["target_url"]?.string ?? "").hasSameBytes(as: targetURL ?? "")
        else { return nil }
        return true
    }
}
