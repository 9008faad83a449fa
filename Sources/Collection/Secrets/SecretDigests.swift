internal import Documents
internal import Resources

/// Digests that say whether a secret changed, and nothing else of it.
///
/// The salt is the place where the secret stands, so that equal secrets in two places have two digests. A digest of what
/// people make up could be guessed in spite of a salt that is known: without a key such secrets have none.
public struct SecretDigests: Sendable {
    private let key: [UInt8]?

    /// Keys shorter than this could be guessed themselves.
    public static let shortestKey = 16

    /// Nil for a key that is too short.
    public init?(key: String) {
        guard key.utf8.count >= Self.shortestKey else { return nil }
        self.key = Array(key.utf8)
    }

    /// Without a key.
    public init() { key = nil }

    /// 16 hexadecimal digits; nil where the digest would let the secret be guessed.
    func digest(of secret: some Sequence<UInt8>, _ kind: SecretKind, at place: [String]) -> String? {
        guard key != nil || !kind.isGuessable else { return nil }
        var salted = Array("parapet secret 1".utf8)
        for part in place {
            salted.append(0)
            // Names with a zero byte in them stay apart from two names.
            salted += part.utf8.flatMap { $0 == 0 ? [0, 1] : [$0] }
        }
        let salt = key.map { SHA256.authenticationCode(salted, key: $0) } ?? SHA256.digest(salted)
        return String(SHA256.hex(SHA256.authenticationCode(Array(secret), key: salt)).prefix(16))
    }
}
