internal import CLibcrypto

/// SHA-256 and HMAC-SHA256 over libcrypto.
public enum SHA256 {
    /// Looked up once: a look-up takes longer than a digest of few bytes, and waits for those of other threads.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The digest: 32 bytes.
    public static func digest(_ bytes: some Collection<UInt8>) -> [UInt8] { digest(Array(bytes)) }

    public static func digest(_ input: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let isMade = EVP_Digest(input, input.count, &output, nil, algorithm, nil) == 1
        precondition(isMade, "libcrypto offers no SHA-256")
        return output
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public static func hexDigest(_ bytes: some Collection<UInt8>) -> String {
        hex(digest(bytes))
    }

    /// The authentication code: 32 bytes.
    public static func authenticationCode(_ bytes: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        let key = Array(key)
        var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), key, Int32(clamping: key.count), input, input.count, &output, &length)
        return output
    }

    /// Lower-case hexadecimal digits, two a byte.
    public static func hex(_ bytes: some Collection<UInt8>) -> String { hex(Array(bytes)) }

    public static func hex(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            var end = 0
            for byte in bytes {
                output[end] = digit(byte >> 4)
                output[end + 1] = digit(byte & 15)
                end += 2
            }
            return end
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
