internal import CLibcrypto

/// SHA-1 over libcrypto: for the names that others have given to files, and nothing that must be safe.
public enum SHA1 {
    /// The digest as 40 lower-case hexadecimal digits.
    public static func hexDigest(_ bytes: some Collection<UInt8>) -> String {
        let input = Array(bytes)
        var output = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        CLibcrypto.SHA1(input, input.count, &output)
        return SHA256.hex(output)
    }
}
