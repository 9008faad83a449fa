internal import Documents

/// Who can read a repository, as GitHub says to those who can.
public enum RepositoryAudience: String, Sendable, Hashable {
    case `public`, `private`
    /// Everybody in the enterprise.
    case `internal`
}

extension GitHubClient {
    /// Who can read the repository.
    public func audience() async throws(GitHubError) -> RepositoryAudience {
        let json = try await read(path, needs: .metadataRead)
        if let audience = json["visibility"]?.string.flatMap(RepositoryAudience.init) { return audience }
        guard let isPrivate = json["private"]?.bool else {
            throw GitHubError(.malformed, "GitHub does not say who can read the repository", call: "GET \(path)")
        }
        return isPrivate ? .private : .public
    }
}
