internal import Documents

/// Makes something new on GitHub, once: a request that got no answer may have been applied all the same, so what it would
/// have made is looked for before it is sent again.
struct Creation: Sendable {
    let client: GitHubClient
    let request: APIRequest
    /// Before each further try.
    let check: GitHubClient.Precondition?

    /// How long GitHub may take until its lists show what was just made.
    static let delays: [Duration] = [.seconds(2), .seconds(5)]

    init(client: GitHubClient, request: APIRequest, unless check: GitHubClient.Precondition? = nil) {
        self.client = client
        self.request = request
        self.check = check
    }

    /// - Parameters:
    ///   - read: makes a value of GitHub's answer.
    ///   - find: looks for the thing.
    /// - Returns: nil in a dry run.
    func run<Thing: Sendable>(
        _ read: (JSON) -> Thing?, find: () async throws(GitHubError) -> Thing?
    ) async throws(GitHubError) -> Thing? {
        var tries = 1
        while true {
            do throws(GitHubError) {
                guard let answer = try await client.write(request, unless: check) else { return nil }
                if let thing = read(answer.json) { return thing }
                throw GitHubError(
                    .malformed, "GitHub's answer does not hold what was made", call: request.call,
                    status: answer.status, effect: .applied)
            } catch {
                guard error.effect != .none, error.code != .cancelled, error.code != .timeLimit else { throw error }
                for delay in Self.delays {
                    try await client.pause(delay, for: request, because: error)
                    if let thing = try await find() { return thing }
                }
                // What was applied and does not show must not be made twice.
                guard error.effect == .unknown, tries < client.configuration.maximumAttempts else { throw error }
                tries += 1
                if let check { try await check() }
            }
        }
    }
}
