internal import Git
internal import GitHub
internal import Glibc
internal import HTTP
internal import Workspace

/// The remote that results are pushed to.
enum PushTarget {
    /// `origin`, where there is one. Refuses one that everyone can read, unless the settings allow that.
    static func find(
        for repository: Repository, isWanted: Bool, settings: Settings, _ http: HTTPClient
    ) async throws(CommandFailure) -> Landing.Remote? {
        guard isWanted, let url = repository.remoteURL("origin") else { return nil }
        if !settings.allowsPublic {
            let visibility = await RepositoryVisibility.of(
                remote: url, api: variable("GITHUB_API_URL"), server: variable("GITHUB_SERVER_URL"), using: http)
            let help = "use --no-push, or set `results: {allow_public: true}` in parapet.yaml if that is meant"
            switch visibility {
            case .restricted: break
            case .public:
                throw CommandFailure(
                    .configuration, "everyone can read \(url): findings are not pushed there", help: help)
            case .unknown(let reason):
                throw CommandFailure(
                    .configuration, "it is not known who can read \(url) (\(reason)): findings are not pushed there",
                    help: help)
            }
        }
        return Landing.Remote(name: "origin", credentials: credentials(for: url))
    }

    /// PARAPET_GIT_TOKEN for any remote; GITHUB_TOKEN for the GitHub server of the workflow alone.
    private static func credentials(for url: String) -> Credentials {
        if let token = variable("PARAPET_GIT_TOKEN") { return Credentials(username: "x-access-token", token: token) }
        let server = variable("GITHUB_SERVER_URL") ?? "https://github.com"
        if let token = variable("GITHUB_TOKEN"), url.hasPrefix(server + "/") {
            return Credentials(username: "x-access-token", token: token)
        }
        return .none
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
