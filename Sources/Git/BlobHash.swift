internal import CLibcrypto

/// Names blobs by libcrypto's SHA-1, which uses the processor's own instructions. libgit2's also looks for collisions,
/// which it goes on doing with all that is fetched and written.
enum BlobHash {
    /// Looked up once: every look-up waits for those of other threads.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA1", nil)

    static func id(of bytes: [UInt8]) throws(GitError) -> ObjectID {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let header = Array("blob \(bytes.count)\0".utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_DigestInit_ex(context, algorithm, nil) == 1,
            EVP_DigestUpdate(context, header, header.count) == 1,
            EVP_DigestUpdate(context, bytes, bytes.count) == 1,
            EVP_DigestFinal_ex(context, &digest, &length) == 1, let id = ObjectID(bytes: digest.prefix(Int(length)))
        else { throw GitError(.other, "SHA-1 failed") }
        return id
    }
}
