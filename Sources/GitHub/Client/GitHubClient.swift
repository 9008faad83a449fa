internal import Documents
public import HTTP

/// Asks GitHub about one repository, and writes there.
///
/// Reads, and writes that can be done twice, are tried again where GitHub or the network fails; everything waits where
/// GitHub limits the rate. Writes follow each other a second apart. All of it together has a time limit.
public actor GitHubClient {
    public nonisolated let api: GitHubAPI
    public nonisolated let repository: RepositoryName
    /// What a dry run would have written; nil where writes are sent.
    public nonisolated let plan: RequestPlan?
    nonisolated let credentials: GitHubCredentials?
    nonisolated let configuration: Configuration
    let http: any HTTPTransport

    /// Of the time limit.
    var spent = Duration.zero
    /// When the next write may be sent.
    var nextWrite = Duration.zero
    var installation: Installation?
    var installationToken: InstallationToken?
    /// As whom comments are written.
    var login: String?

    /// - Parameter plan: makes it a dry run.
    public init(
        api: GitHubAPI, repository: RepositoryName, credentials: GitHubCredentials?, http: any HTTPTransport,
        configuration: Configuration = Configuration(), plan: RequestPlan? = nil
    ) {
        self.api = api
        self.repository = repository
        self.credentials = credentials
        self.http = http
        self.configuration = configuration
        self.plan = plan
    }

    nonisolated var path: String { "/repos/\(repository)" }

    /// Sends a write, or notes it in a dry run: then there is no answer.
    func write(_ request: APIRequest, unless check: Precondition? = nil) async throws(GitHubError) -> Answer? {
        if let plan {
            await plan.note(request)
            return nil
        }
        return try await perform(request, unless: check)
    }

    /// Reads one document.
    func read(_ path: String, needs: Permission? = nil) async throws(GitHubError) -> JSON {
        try await perform(.get(path, needs: needs)).json
    }

    /// Throws where a write is not wanted any more.
    typealias Precondition = @Sendable () async throws(GitHubError) -> Void

    struct Answer: Sendable {
        var status: Int
        /// Null where there was none to read.
        var json: JSON
        /// Where the next page is, as GitHub says.
        var next: String?
    }
}
