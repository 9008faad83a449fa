internal import CLibcrypto

/// A private RSA key, kept as PEM text and read anew for each signature: one is needed an hour.
struct RSAKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let pem: [UInt8]

    /// Throws `invalidKey` for anything but an unencrypted RSA key of 2048 bits or more. Line ends may be written `\n`, as
    /// variables often have them.
    init(pem text: String) throws(GitHubError) {
        pem = Array(text.replacing("\\n", with: "\n").utf8)
        let pair = try KeyPair(pem)
        guard EVP_PKEY_get_base_id(pair.pointer) == EVP_PKEY_RSA else { throw Self.invalid("it is no RSA key") }
        guard EVP_PKEY_get_bits(pair.pointer) >= 2_048 else { throw Self.invalid("it has less than 2048 bits") }
    }

    /// The signature RS256: RSASSA-PKCS1-v1_5 over SHA-256.
    func sign(_ bytes: [UInt8]) throws(GitHubError) -> [UInt8] {
        let pair = try KeyPair(pem)
        guard let context = EVP_MD_CTX_new() else { throw Self.invalid("out of memory") }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, pair.pointer) == 1,
            EVP_DigestSign(context, nil, &length, bytes, bytes.count) == 1
        else { throw Self.invalid("it does not sign") }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, bytes, bytes.count) == 1 else {
            throw Self.invalid("it does not sign")
        }
        return Array(signature.prefix(length))
    }

    fileprivate static func invalid(_ reason: String) -> GitHubError {
        GitHubError(
            .invalidKey, "the App's private key cannot be used: \(reason)",
            help: "GitHub gives the key as a file that begins with `-----BEGIN RSA PRIVATE KEY-----`")
    }

    var description: String { "[redacted]" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// libcrypto's key, freed with this value.
private struct KeyPair: ~Copyable {
    let pointer: OpaquePointer

    init(_ pem: [UInt8]) throws(GitHubError) {
        guard pem.count < 1 << 16, let input = BIO_new_mem_buf(pem, Int32(pem.count)) else {
            throw RSAKey.invalid("it is too long")
        }
        defer { BIO_free(input) }
        // Without an answer of our own libcrypto would ask for a password on the terminal.
        let noPassword: @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 =
            { _, _, _, _ in -1 }
        guard let key = PEM_read_bio_PrivateKey(input, nil, noPassword, nil) else {
            ERR_clear_error()
            throw RSAKey.invalid("it is not in PEM format, or it is encrypted")
        }
        pointer = key
    }

    deinit { EVP_PKEY_free(pointer) }
}
