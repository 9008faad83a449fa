/// What a secret is. The raw value stands in documents.
public enum SecretKind: String, Sendable, CaseIterable {
    /// Names where a secret is kept, in Secrets Manager or in the Parameter Store: as it should be.
    case reference
    case awsAccessKey = "aws-access-key"
    case awsSecretKey = "aws-secret-key"
    /// Of temporary credentials.
    case awsSessionToken = "aws-session-token"
    case privateKey = "private-key"
    case githubToken = "github-token"
    case gitlabToken = "gitlab-token"
    case slackToken = "slack-token"
    case stripeKey = "stripe-key"
    case jwt
    case googleAPIKey = "google-api-key"
    case npmToken = "npm-token"
    case pypiToken = "pypi-token"
    case azureKey = "azure-key"
    case sendgridKey = "sendgrid-key"
    case vaultToken = "vault-token"
    /// A key of a service for machine learning.
    case aiKey = "ai-key"
    /// A token of another service that marks its tokens.
    case serviceToken = "service-token"
    /// A database or a queue, with a password.
    case connectionString = "connection-string"
    /// A URL with a user and a password.
    case basicAuthURL = "basic-auth-url"
    /// `Authorization: Basic …`, `Bearer …`.
    case authorizationHeader = "authorization-header"
    /// Text that looks drawn at random.
    case highEntropy = "high-entropy"
    /// Whatever stands under a name such as `DB_PASSWORD`.
    case passwordLikeKey = "password-like-key"

    /// Whether people may have made it up: then a digest without a key would let it be guessed.
    public var isGuessable: Bool {
        switch self {
        case .connectionString, .basicAuthURL, .authorizationHeader, .passwordLikeKey, .reference: true
        default: false
        }
    }
}
