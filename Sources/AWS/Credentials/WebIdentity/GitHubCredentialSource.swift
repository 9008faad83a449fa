internal import Documents
internal import HTTP

/// A job of GitHub Actions with `permissions: id-token: write`: GitHub vouches for it with a token, and STS takes that
/// for the credentials of `AWS_ROLE_ARN`.
public struct GitHubCredentialSource: CredentialSource {
    private let context: CredentialContext

    public init(_ context: CredentialContext) { self.context = context }

    public var name: String { "GitHub Actions" }

    public func find() async throws(AWSError) -> CredentialAnswer {
        guard let role = context["AWS_ROLE_ARN"] else { return .nothing("AWS_ROLE_ARN is not set") }
        guard let url = context["ACTIONS_ID_TOKEN_REQUEST_URL"] else {
            guard context["GITHUB_ACTIONS"] == "true" else {
                return .nothing("ACTIONS_ID_TOKEN_REQUEST_URL is not set")
            }
            throw .unfit(
                "AWS_ROLE_ARN is set, but the job may not ask for a token: it needs `permissions: id-token: write`")
        }
        guard let bearer = context["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] else {
            throw .unfit("ACTIONS_ID_TOKEN_REQUEST_URL is set and ACTIONS_ID_TOKEN_REQUEST_TOKEN is not")
        }
        let source = WebIdentityCredentialSource(
            name: "AWS_ROLE_ARN", token: GitHubToken(url: url, bearer: bearer, client: context.client),
            session: try RoleSession(role: role, name: context["AWS_ROLE_SESSION_NAME"] ?? sessionName),
            region: context.region(role: role), client: context.client)
        return try await source.find()
    }

    /// `parapet-<run>`, so that AWS's logs lead to the run.
    private var sessionName: String {
        guard let run = context["GITHUB_RUN_ID"], run.utf8.count <= 32,
            run.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return RoleSession.defaultName }
        return "\(RoleSession.defaultName)-\(run)"
    }
}

/// A token of GitHub's issuer, for the audience of AWS.
struct GitHubToken: WebIdentityToken {
    static let audience = "sts.amazonaws.com"

    let url: String
    let bearer: String
    let client: AWSClient

    func fetch() async throws(AWSError) -> String {
        guard let place = EndpointURL(url), place.isHTTPS || place.isLoopback else {
            throw .unfit("ACTIONS_ID_TOKEN_REQUEST_URL is not a plain https URL")
        }
        guard WebIdentityTokenFile.isToken(bearer) else {
            throw .unfit("ACTIONS_ID_TOKEN_REQUEST_TOKEN is not one line of printable ASCII")
        }
        let request = HTTPRequest(
            method: "GET", url: "\(url)\(url.contains("?") ? "&" : "?")audience=\(Self.audience)",
            headers: [("Accept", "application/json"), ("Authorization", "bearer \(bearer)")])
        let fetch = MetadataFetch(
            transport: client.transport, timeouts: HTTPTimeouts(connect: .seconds(3), total: .seconds(10)), attempts: 3,
            sleep: client.configuration.clock.sleep)
        let response = try await fetch.send(request)
        guard response.status == 200 else {
            throw .unfit("\(place.host) answered \(response.status) when asked for a token")
        }
        guard let value = (try? JSON.parse(response.body))?["value"]?.string, WebIdentityTokenFile.isToken(value) else {
            throw .unfit("the answer of \(place.host) holds no token")
        }
        return value
    }
}
