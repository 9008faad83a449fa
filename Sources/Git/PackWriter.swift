internal import CLibcrypto
internal import CLibgit2

/// Writes a pack of whole blobs, without deltas, through libgit2's indexer.
///
/// libgit2's own pack builder searches for deltas, which takes minutes where this takes seconds.
struct PackWriter: ~Copyable {
    private let writer: UnsafeMutablePointer<git_odb_writepack>
    private let progress: UnsafeMutablePointer<git_indexer_progress>
    private let stream: UnsafeMutablePointer<z_stream>
    private let digest: OpaquePointer?
    private var pending: [UInt8]
    private var compressed: [UInt8]

    private static let chunk = 1 << 18

    /// Begins a pack of so many blobs.
    static func open(_ database: OpaquePointer, count: Int) throws(GitError) -> PackWriter {
        guard let count = UInt32(exactly: count) else { throw GitError(.tooLarge, "too many files for one pack") }
        var pack = PackWriter(writer: try open(database))
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit_(pack.stream, Z_DEFAULT_COMPRESSION, ZLIB_VERSION, size) == Z_OK,
            EVP_DigestInit_ex(pack.digest, EVP_sha1(), nil) == 1
        else { throw GitError(.other, "zlib or libcrypto does not start") }
        for number in [2, count] {
            withUnsafeBytes(of: number.bigEndian) { pack.pending.append(contentsOf: $0) }
        }
        return pack
    }

    private init(writer: UnsafeMutablePointer<git_odb_writepack>) {
        self.writer = writer
        progress = .allocate(capacity: 1)
        progress.initialize(to: git_indexer_progress())
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        digest = EVP_MD_CTX_new()
        pending = Array("PACK".utf8)
        compressed = []
    }

    private static func open(_ database: OpaquePointer) throws(GitError) -> UnsafeMutablePointer<git_odb_writepack> {
        var writer: UnsafeMutablePointer<git_odb_writepack>?
        let code = git_odb_write_pack(&writer, database, nil, nil)
        guard code == 0, let writer else { throw GitError(libgit2: code, "write a pack") }
        return writer
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        progress.deallocate()
        EVP_MD_CTX_free(digest)
        writer.pointee.free(writer)
    }

    mutating func append(blob bytes: [UInt8]) throws(GitError) {
        appendHeader(size: bytes.count)
        try deflate(bytes)
        if pending.count >= Self.chunk { try flush() }
    }

    /// Writes the checksum and puts the pack in its place.
    mutating func finish() throws(GitError) {
        try flush()
        var checksum = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(digest, &checksum, &length) == 1 else { throw GitError(.other, "SHA-1 failed") }
        try Libgit2.check(writer.pointee.append(writer, checksum, Int(length), progress), "write a pack")
        try Libgit2.check(writer.pointee.commit(writer, progress), "write a pack")
    }

    /// The type and the size, seven bits a byte; the first has four.
    private mutating func appendHeader(size: Int) {
        let blob: UInt8 = 3
        var rest = size >> 4
        var byte = blob << 4 | UInt8(size & 15)
        while rest > 0 {
            pending.append(byte | 0x80)
            byte = UInt8(rest & 0x7F)
            rest >>= 7
        }
        pending.append(byte)
    }

    private mutating func deflate(_ bytes: [UInt8]) throws(GitError) {
        guard let size = UInt32(exactly: bytes.count), deflateReset(stream) == Z_OK else {
            throw GitError(.tooLarge, "a file of \(bytes.count) bytes is too large")
        }
        let bound = Int(deflateBound(stream, UInt(size)))
        if compressed.count < bound { compressed = [UInt8](repeating: 0, count: bound) }
        let room = UInt32(clamping: compressed.count)
        let stream = self.stream
        let done = bytes.withUnsafeBufferPointer { input in
            compressed.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = size
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = room
                return CLibgit2.deflate(stream, Z_FINISH) == Z_STREAM_END
            }
        }
        guard done else { throw GitError(.other, "zlib failed") }
        pending.append(contentsOf: compressed[..<Int(room - stream.pointee.avail_out)])
    }

    private mutating func flush() throws(GitError) {
        EVP_DigestUpdate(digest, pending, pending.count)
        try Libgit2.check(writer.pointee.append(writer, pending, pending.count, progress), "write a pack")
        pending.removeAll(keepingCapacity: true)
    }
}
