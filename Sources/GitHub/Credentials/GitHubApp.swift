internal import Documents

/// A GitHub App: its id or client id, and the key that signs for it.
public struct GitHubApp: Sendable {
    public let id: String
    let key: RSAKey
    /// What its tokens may do, as far as the installation was granted it.
    public var permissions: [Permission]

    /// - Parameter privateKey: the PEM text that GitHub gave, PKCS#1 or PKCS#8.
    public init(
        id: String, privateKey: String,
        permissions: [Permission] = [
            .pullRequestsWrite, .checksWrite, .statusesWrite, .membersRead, .metadataRead,
        ]
    ) throws(GitHubError) {
        guard RepositoryName.isPlain(id) else {
            throw GitHubError(.invalidConfiguration, "the App's id is neither a number nor a client id")
        }
        self.id = id
        key = try RSAKey(pem: privateKey)
        self.permissions = permissions
    }

    /// A token by which the App speaks for itself, valid for nine minutes. It begins a minute ago, for clocks differ.
    func token(at now: Timestamp) throws(GitHubError) -> String {
        let issuer = Int64(id).map { JSON.integer($0) } ?? .string(id)
        let header: JSON = ["alg": "RS256", "typ": "JWT"]
        let claims: JSON = [
            "iat": .integer(now.seconds - 60), "exp": .integer(now.seconds + 540), "iss": issuer,
        ]
        let signed = Self.base64URL(header.bytes()) + "." + Self.base64URL(claims.bytes())
        return signed + "." + Self.base64URL(try key.sign(Array(signed.utf8)))
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
