/// What a name says of the value that stands under it.
struct SecretKeyName: Sendable {
    /// Whether the name calls for a secret: `DB_PASSWORD`, `clientSecret`, `api-key`.
    let isPasswordLike: Bool
    /// Whether people type such a secret, so that digits alone are one.
    let isPassword: Bool
    /// Whether the name is one of an id, a digest or the like, whose values look random.
    let isOfIdentifier: Bool

    init(_ name: some StringProtocol) {
        let words = Self.words(name)
        let last = words.last ?? ""
        isOfIdentifier = Self.identifiers.contains(last)
        guard !Self.aspects.contains(last), !isOfIdentifier, !Self.amounts.contains(words.first ?? "") else {
            isPasswordLike = false
            isPassword = false
            return
        }
        let pairs = zip(words, words.dropFirst()).map { $0 + $1 }
        isPassword =
            words.contains(where: Self.passwords.contains) || Self.lastPasswords.contains(last)
            || Self.passwordEndings.contains(where: last.hasSuffix)
        isPasswordLike =
            isPassword || words.contains(where: Self.secrets.contains) || pairs.contains(where: Self.keys.contains)
            || Self.secretEndings.contains(where: last.hasSuffix)
    }

    private static let passwords: Set<String> = ["password", "passwords", "passwd", "pwd", "passphrase", "passcode"]
    private static let lastPasswords: Set<String> = ["pass", "pw", "psw"]
    private static let passwordEndings = ["password", "passwd", "passphrase"]
    private static let secrets: Set<String> = [
        "secret", "token", "credential", "credentials", "apikey", "secretkey", "privatekey", "accesskey",
    ]
    private static let secretEndings = ["secret", "token", "apikey", "secretkey", "privatekey"]
    /// Two words that follow each other.
    private static let keys: Set<String> = [
        "apikey", "accesskey", "secretkey", "privatekey", "signingkey", "encryptionkey", "authkey", "accountkey",
        "sharedkey", "masterkey", "storagekey", "licensekey", "deploykey", "servicekey", "hmackey", "cookiekey",
        "sessionkey",
    ]
    /// Last words of names that tell something about a secret, and do not hold it.
    private static let aspects: Set<String> = [
        "path", "file", "filename", "dir", "directory", "folder", "url", "uri", "endpoint", "host", "hostname", "port",
        "domain", "ttl", "expiry", "expiration", "expires", "lifetime", "validity", "timeout", "duration", "length",
        "size", "limit", "max", "min", "minimum", "maximum", "count", "policy", "policies", "enabled", "disabled",
        "enable", "disable", "required", "optional", "type", "kind", "header", "field", "param", "parameter", "prefix",
        "suffix", "mode", "age", "days", "hours", "minutes", "seconds", "rotation", "rotated", "format", "algorithm",
        "alg", "issuer", "audience", "region", "bucket", "table", "source", "provider", "store", "manager", "prompt",
        "hint", "reset", "status", "usage", "scope", "scopes", "location", "description", "title", "label", "owner",
        "class", "service", "backend", "engine", "bits", "strategy", "cache", "encoding", "date", "created", "updated",
        "level", "management", "scanning", "scanner", "project",
    ]
    private static let identifiers: Set<String> = [
        "arn", "arns", "id", "ids", "name", "names", "alias", "ref", "reference", "version", "hash", "digest", "etag",
        "checksum", "sha", "sha1", "sha256", "sha512", "md5", "thumbprint", "fingerprint", "integrity", "cursor",
        "marker", "commit", "revision", "image", "build", "username", "user", "login", "principal",
    ]
    /// First words of names that count or ask.
    private static let amounts: Set<String> = [
        "max", "min", "num", "number", "use", "uses", "enable", "enabled", "disable", "disabled", "has", "is",
        "require", "requires", "allow", "skip", "no", "rotate", "public",
    ]

    /// The words of a name in small letters: `dbPassword`, `DB_PASSWORD` and `db-password` have the same two.
    static func words(_ name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        let bytes = Array(name.utf8)
        for (index, byte) in bytes.enumerated() {
            guard ByteClass.alphanumeric.contains(byte) else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            let isUpper = ByteClass.upper.contains(byte)
            if isUpper, index > 0, !word.isEmpty {
                let followsSmall = !ByteClass.upper.contains(bytes[index - 1])
                let beginsWord = index + 1 < bytes.count && ByteClass.lower.contains(bytes[index + 1])
                // A capital behind a small letter, or the last of several before one: `APIKey`.
                if followsSmall || beginsWord {
                    words.append(word)
                    word = ""
                }
            }
            word.unicodeScalars.append(Unicode.Scalar(isUpper ? byte + 32 : byte))
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
