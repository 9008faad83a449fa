internal import Documents

extension GitHubClient {
    /// The login under which the credentials write: `github-actions[bot]`, an App's `slug[bot]`, or a person's.
    public func ownLogin() async throws(GitHubError) -> String {
        if let login { return login }
        let found = try await findLogin()
        login = found
        return found
    }

    private func findLogin() async throws(GitHubError) -> String {
        switch credentials {
        case .actions: return "github-actions[bot]"
        case .app:
            var request = APIRequest.get("/app")
            request.authorization = .app
            guard let slug = try await perform(request).json["slug"]?.string else { throw Self.noLogin(request.call) }
            return slug + "[bot]"
        case .personal:
            guard let login = try await read("/user")["login"]?.string else { throw Self.noLogin("GET /user") }
            return login
        case .installation:
            // `GET /user` and `GET /app` refuse such tokens.
            guard let login = try await query("query { viewer { login } }")["viewer"]?["login"]?.string else {
                throw Self.noLogin("POST /graphql")
            }
            return login
        case nil: throw GitHubError(.invalidConfiguration, "there are no credentials for GitHub")
        }
    }

    private static func noLogin(_ call: String) -> GitHubError {
        GitHubError(.malformed, "GitHub does not say as whom it is asked", call: call)
    }
}
