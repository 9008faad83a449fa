internal import Documents

/// An App's presence in a repository.
struct Installation: Sendable {
    let id: Int64
    /// What it was granted.
    let permissions: JSONObject
}

/// A token of an installation.
struct InstallationToken: Sendable {
    let text: String
    let expires: Timestamp
    /// How long before its end a token is not used any more.
    static let margin = Duration.seconds(60)

    func isUsable(at now: Timestamp) -> Bool {
        expires.microseconds - Self.margin.components.seconds * 1_000_000 > now.microseconds
    }
}

extension GitHubClient {
    /// What follows `Bearer`; nil without credentials.
    func authorization(for request: APIRequest) async throws(GitHubError) -> String? {
        switch credentials {
        case nil: nil
        case .actions(let token), .personal(let token), .installation(let token): token.text
        case .app(let app):
            switch request.authorization {
            case .app: try app.token(at: configuration.clock.time())
            case .token: try await token(of: app)
            }
        }
    }

    /// After a 401. False where there is no other token to be had.
    func forgetInstallationToken(for request: APIRequest) -> Bool {
        guard case .app = credentials, request.authorization == .token else { return false }
        installationToken = nil
        return true
    }

    /// A token for this repository alone, with no more permissions than are asked for.
    private func token(of app: GitHubApp) async throws(GitHubError) -> String {
        if let installationToken, installationToken.isUsable(at: configuration.clock.time()) {
            return installationToken.text
        }
        let installation = try await findInstallation()
        let permissions = Self.permissions(app.permissions, within: installation.permissions)
        guard !permissions.isEmpty else {
            throw GitHubError(
                .forbidden, "the App's installation in \(repository) grants nothing that is needed",
                help: "it needs `pull_requests: write` and `checks: write`")
        }
        let request = APIRequest(
            method: "POST", target: .path("/app/installations/\(installation.id)/access_tokens"),
            body: [
                "repositories": [.string(repository.name)],
                "permissions": .object(permissions),
            ], authorization: .app, isInternal: true)
        let json = try await perform(request).json
        guard let text = json["token"]?.string, let secret = Secret(text),
            let expires = json["expires_at"]?.string.flatMap({ Timestamp($0) })
        else { throw GitHubError(.malformed, "GitHub's answer holds no token", call: request.call) }
        configuration.onNewToken(secret)
        installationToken = InstallationToken(text: text, expires: expires)
        return text
    }

    private func findInstallation() async throws(GitHubError) -> Installation {
        if let installation { return installation }
        var request = APIRequest.get("\(path)/installation")
        request.authorization = .app
        do throws(GitHubError) {
            let json = try await perform(request).json
            guard let id = json["id"]?.integer else {
                throw GitHubError(.malformed, "GitHub's answer holds no installation", call: request.call)
            }
            let found = Installation(id: id, permissions: json["permissions"]?.object ?? [:])
            installation = found
            return found
        } catch {
            guard error.code == .notFound else { throw error }
            var error = error
            error.help = "the App is not installed in \(repository), or the repository does not exist"
            throw error
        }
    }

    /// GitHub refuses to make a token with a permission that the installation lacks.
    private static func permissions(_ wanted: [Permission], within granted: JSONObject) -> JSONObject {
        JSONObject(
            wanted.compactMap { permission in
                switch granted[permission.name]?.string {
                case "write", "admin": (permission.name, .string(permission.access.rawValue))
                case "read": (permission.name, "read")
                default: nil
                }
            })
    }
}
