/// How identity providers that serve many tenants write whom a token is for. From their documentation.
struct TokenIssuer: Sendable {
    /// Without scheme; a suffix `*` stands for any path or host below.
    var issuer: String
    /// What stands before and after the owner in `sub`: `repo:OWNER/...`. Nil where `sub` is opaque.
    var owner: (prefix: String, end: Character)?
    /// Whether whoever asks for a token chooses its audience.
    var choosesAudience: Bool
    /// What strangers' subjects look like.
    var strangers: [String] = []

    static let known = [
        TokenIssuer(
            issuer: "token.actions.githubusercontent.com", owner: ("repo:", "/"), choosesAudience: true,
            strangers: [
                "repo:parapet0/parapet0:ref:refs/heads/main", "repo:parapet0/parapet0:pull_request",
                "repo:parapet0/parapet0:environment:production", "repo:parapet0/parapet0:ref:refs/tags/v1",
            ]),
        TokenIssuer(
            issuer: "gitlab.com", owner: ("project_path:", "/"), choosesAudience: true,
            strangers: ["project_path:parapet0/parapet0:ref_type:branch:ref:main"]),
        TokenIssuer(
            issuer: "app.terraform.io", owner: ("organization:", ":"), choosesAudience: true,
            strangers: ["organization:parapet0:project:parapet0:workspace:parapet0:run_phase:apply"]),
        TokenIssuer(
            issuer: "agent.buildkite.com", owner: ("organization:", ":"), choosesAudience: true,
            strangers: ["organization:parapet0:pipeline:parapet0:ref:refs/heads/main:commit:0:step:"]),
        TokenIssuer(
            issuer: "oidc.eks.*", owner: ("system:serviceaccount:", ":"), choosesAudience: true,
            strangers: ["system:serviceaccount:parapet0:parapet0"]),
        TokenIssuer(issuer: "cognito-identity.amazonaws.com", owner: nil, choosesAudience: false),
    ]

    /// What is known of an issuer, which is in lower case.
    static func of(_ issuer: String) -> TokenIssuer? {
        known.first { Glob.matches($0.issuer, issuer) }
    }
}
