public import GitHub
public import Review

/// Asks GitHub for what decides whether waivers of a pull request count.
public struct ApprovalReading: Sendable {
    /// The number of the pull request, and the commit that has to be approved.
    public var pullRequest: Int64
    public var head: String
    /// Whom the waivers name as approvers: `@alice`.
    public var accounts: [String]
    /// Whom the base allows to approve: `@alice`, `@acme/security`.
    public var approvers: [String]

    public init(pullRequest: Int64, head: String, accounts: [String], approvers: [String]) {
        self.pullRequest = pullRequest
        self.head = head
        self.accounts = accounts
        self.approvers = approvers
    }

    /// Whose membership is asked for at most: those who have approved come first.
    static let mostAccounts = 10

    /// Never throws: where nobody can be asked, waivers wait. A team that the token does not show is left out.
    public func read(with client: GitHubClient) async -> Approvals {
        guard client.hasCredentials else { return .unavailable("there is no token for GitHub") }
        do throws(GitHubError) {
            let request = try await client.pullRequest(pullRequest)
            let approved = try await client.approvals(of: pullRequest, head: head)
            return .known(
                PullRequestApprovals(
                    author: request.author.isEmpty ? nil : request.author, approvedHead: approved,
                    teams: try await teams(approved, client)))
        } catch {
            return .unavailable("\(error)")
        }
    }

    private func teams(_ approved: Set<String>, _ client: GitHubClient) async throws(GitHubError)
        -> [String: Set<String>]
    {
        let logins = Set(accounts.map { ($0.hasPrefix("@") ? String($0.dropFirst()) : $0).lowercased() })
            .filter { !$0.contains("/") }
            .sorted { (approved.contains($0) ? 0 : 1, $0) < (approved.contains($1) ? 0 : 1, $1) }
            .prefix(Self.mostAccounts)
        var members: [String: Set<String>] = [:]
        for team in Set(approvers.compactMap { TeamName($0) }).sorted(by: { $0.description < $1.description }) {
            guard !logins.isEmpty else { break }
            do throws(GitHubError) {
                var found: Set<String> = []
                for login in logins where try await client.isMember(login, of: team) { found.insert(login) }
                members["\(team.organization)/\(team.slug)"] = found
            } catch {
                guard error.code == .forbidden || error.code == .notFound else { throw error }
            }
        }
        return members
    }
}
