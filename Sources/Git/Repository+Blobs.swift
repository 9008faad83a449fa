internal import CLibgit2

extension Repository {
    /// How many bytes a blob has. Reads its header only.
    public func blobSize(_ id: ObjectID) throws(GitError) -> Int {
        var raw = id.raw
        var size = 0
        var kind = GIT_OBJECT_INVALID
        let code = git_odb_read_header(&size, &kind, database.pointer, &raw)
        guard code == 0 else {
            let error = GitError(libgit2: code, "read object `\(id)`")
            throw error.code == .missingObject ? missing(id) : error
        }
        guard kind == GIT_OBJECT_BLOB else { throw GitError(.invalid, "object `\(id)` is not a file") }
        return size
    }

    /// The bytes of a blob. Throws `tooLarge`, without loading it, where it has more than `limit`.
    public func readBlob(_ id: ObjectID, limit: Int) throws(GitError) -> [UInt8] {
        let size = try blobSize(id)
        guard size <= limit else {
            throw GitError(.tooLarge, "object `\(id)` has \(size) bytes, which is more than \(limit)")
        }
        var raw = id.raw
        let object = try Handle(git_odb_object_free, "read object `\(id)`") {
            git_odb_read($0, database.pointer, &raw)
        }
        let bytes = UnsafeRawBufferPointer(
            start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
        // With some room, for parsers that append what they may read behind the end.
        return Array(unsafeUninitializedCapacity: bytes.count + 64) { room, count in
            _ = UnsafeMutableRawBufferPointer(room).copyBytes(from: bytes)
            count = bytes.count
        }
    }

    /// Stores bytes as a blob. One that exists is not written again.
    public func writeBlob(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
        var id = git_oid()
        try Libgit2.check(git_odb_write(&id, database.pointer, bytes, bytes.count, GIT_OBJECT_BLOB), "write a file")
        return ObjectID(id)
    }

    /// The id that bytes have as a blob, whether it exists or not.
    public static func blobID(of bytes: [UInt8]) throws(GitError) -> ObjectID {
        try Libgit2.start()
        var id = git_oid()
        try Libgit2.check(git_odb_hash(&id, bytes, bytes.count, GIT_OBJECT_BLOB), "hash a file")
        return ObjectID(id)
    }
}
