internal import Documents

/// `@org/team`, as waivers and CODEOWNERS name a team.
public struct TeamName: Sendable, Hashable, CustomStringConvertible {
    public let organization: String
    public let slug: String

    /// Nil for what is no team's name. The `@` may be missing.
    public init?(_ text: some StringProtocol) {
        let name = text.hasPrefix("@") ? String(text.dropFirst()) : String(text)
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, parts.allSatisfy(RepositoryName.isPlain) else { return nil }
        organization = parts[0]
        slug = parts[1].lowercased()
    }

    public var description: String { "@\(organization)/\(slug)" }
}

extension GitHubClient {
    /// Whether an account belongs to a team, child teams included. An invitation is no membership.
    ///
    /// Needs `members: read`, which a job's token cannot have: then GitHub answers 403 or 404. Since 404 also means "no",
    /// the team itself is asked for first.
    ///
    /// - Throws: `forbidden` or `notFound` where the token does not show the team.
    public func isMember(_ login: String, of team: TeamName) async throws(GitHubError) -> Bool {
        guard RepositoryName.isPlain(login) || login.hasSuffix("[bot]") else { return false }
        let path = "/orgs/\(team.organization)/teams/\(team.slug)"
        _ = try await read(path, needs: .membersRead)
        do throws(GitHubError) {
            return try await read("\(path)/memberships/\(login.percentEncoded)", needs: .membersRead)["state"]?.string
                == "active"
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }
}
