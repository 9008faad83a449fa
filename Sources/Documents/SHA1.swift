internal import CLibcrypto

/// SHA-1 over libcrypto: for the names that others have given to files, and nothing that must be safe.
public enum SHA1 {
    /// Looked up once: a look-up takes longer than a digest of few bytes, and waits for those of other threads.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA1", nil)

    /// The digest: 20 bytes.
    public static func digest(_ bytes: some Collection<UInt8>) -> [UInt8] { digest(Array(bytes)) }

    public static func digest(_ input: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        let isMade = EVP_Digest(input, input.count, &output, nil, algorithm, nil) == 1
        precondition(isMade, "libcrypto offers no SHA-1")
        return output
    }

    /// The digest as 40 lower-case hexadecimal digits.
    public static func hexDigest(_ bytes: some Collection<UInt8>) -> String {
        SHA256.hex(digest(bytes))
    }
}
