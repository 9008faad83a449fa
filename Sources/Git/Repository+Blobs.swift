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
        if let bytes = storedBlob(id) { return bytes }
        var raw = id.raw
        let object = try Handle(git_odb_object_free, "read object `\(id)`") {
            git_odb_read($0, database.pointer, &raw)
        }
        return Self.copy(git_odb_object_data(object.pointer), git_odb_object_size(object.pointer))
    }

    /// The bytes of a blob, if they are what its name says; nil for whatever else, which libgit2 can put into words.
    ///
    /// libgit2 reads the same bytes from the same place, and then hashes them in software that takes several times as
    /// long as reading them.
    private func storedBlob(_ id: ObjectID) -> [UInt8]? {
        for position in 0..<git_odb_num_backends(database.pointer) {
            var backend: UnsafeMutablePointer<git_odb_backend>?
            guard git_odb_get_backend(&backend, database.pointer, position) == 0, let backend,
                let read = backend.pointee.read
            else { continue }
            var raw = id.raw
            var data: UnsafeMutableRawPointer?
            var size = 0
            var kind = GIT_OBJECT_INVALID
            guard read(&data, &size, &kind, backend, &raw) == 0 else { continue }
            defer { git_odb_backend_data_free(backend, data) }
            let bytes = Self.copy(data, size)
            return kind == GIT_OBJECT_BLOB && (try? BlobHash.id(of: bytes)) == id ? bytes : nil
        }
        return nil
    }

    /// The id that bytes have as a blob, whether it exists or not.
    public static func blobID(of bytes: [UInt8]) throws(GitError) -> ObjectID { try BlobHash.id(of: bytes) }

    /// With some room, for parsers that append what they may read behind the end.
    private static func copy(_ data: UnsafeRawPointer?, _ size: Int) -> [UInt8] {
        let bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size)
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
}
