/// `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, as Kubernetes sets them for a service account.
public struct WebIdentityEnvironmentSource: CredentialSource {
    private let context: CredentialContext

    public init(_ context: CredentialContext) { self.context = context }

    public var name: String { "web identity" }

    public func find() async throws(AWSError) -> CredentialAnswer {
        guard let path = context["AWS_WEB_IDENTITY_TOKEN_FILE"] else {
            return .nothing("AWS_WEB_IDENTITY_TOKEN_FILE is not set")
        }
        guard let role = context["AWS_ROLE_ARN"] else {
            throw .unfit("AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not")
        }
        let source = WebIdentityCredentialSource(
            name: "AWS_ROLE_ARN",
            token: WebIdentityTokenFile(path: path, setting: "AWS_WEB_IDENTITY_TOKEN_FILE"),
            session: try RoleSession(role: role, name: context["AWS_ROLE_SESSION_NAME"] ?? RoleSession.defaultName),
            region: context.region(role: role), client: context.client)
        return try await source.find()
    }
}
