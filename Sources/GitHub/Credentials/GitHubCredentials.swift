/// As whom GitHub is asked.
public enum GitHubCredentials: Sendable {
    /// The token of a workflow's job, which writes as `github-actions[bot]`.
    case actions(Secret)
    /// The token of an App's installation, made elsewhere.
    case installation(Secret)
    /// A person's token.
    case personal(Secret)
    /// An App, which makes tokens of its own.
    case app(GitHubApp)

    /// `PARAPET_GITHUB_APP_ID` (an id or a client id) with `PARAPET_GITHUB_APP_PRIVATE_KEY` (PEM), else `GITHUB_TOKEN`,
    /// else `GH_TOKEN`. Nil where none is set.
    public init?(environment: [String: String]) throws(GitHubError) {
        if let id = environment["PARAPET_GITHUB_APP_ID"], !id.isEmpty {
            guard let key = environment["PARAPET_GITHUB_APP_PRIVATE_KEY"], !key.isEmpty else {
                throw GitHubError(
                    .invalidConfiguration, "PARAPET_GITHUB_APP_ID is set, PARAPET_GITHUB_APP_PRIVATE_KEY is not")
            }
            self = .app(try GitHubApp(id: id, privateKey: key))
            return
        }
        for name in ["GITHUB_TOKEN", "GH_TOKEN"] {
            guard let text = environment[name], !text.isEmpty else { continue }
            guard let token = Secret(text) else {
                throw GitHubError(.invalidConfiguration, "\(name) has characters that no token has")
            }
            self = .of(token, isJobs: name == "GITHUB_TOKEN" && environment["GITHUB_ACTIONS"] == "true")
            return
        }
        return nil
    }

    /// What a token is, by its prefix. Tokens of jobs and of Apps' installations look the same.
    private static func of(_ token: Secret, isJobs: Bool) -> GitHubCredentials {
        let personal = ["ghp_", "github_pat_", "gho_", "ghu_"]
        if personal.contains(where: token.text.hasPrefix) { return .personal(token) }
        if isJobs { return .actions(token) }
        return token.text.hasPrefix("ghs_") ? .installation(token) : .personal(token)
    }

    /// Whether check runs can be made: people's tokens cannot.
    public var canCreateCheckRuns: Bool {
        if case .personal = self { false } else { true }
    }
}
