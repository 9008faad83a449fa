internal import CLibgit2

/// Blobs to be written together: few become loose objects, many become one pack.
struct BlobBatch {
    /// From how many new blobs on a pack is written.
    static let packThreshold = 500

    private var fresh: [ObjectID: [UInt8]] = [:]

    /// The id of the bytes; they are kept for `write` if the repository does not have them.
    mutating func add(_ bytes: [UInt8], to repository: Repository) throws(GitError) -> ObjectID {
        let id = try Repository.blobID(of: bytes)
        guard fresh[id] == nil else { return id }
        var raw = id.raw
        let flags = UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)
        if git_odb_exists_ext(repository.database.pointer, &raw, flags) == 0 { fresh[id] = bytes }
        return id
    }

    func write(to repository: Repository) throws(GitError) {
        guard fresh.count > Self.packThreshold else {
            for bytes in fresh.values { _ = try repository.writeBlob(bytes) }
            return
        }
        var pack = try PackWriter.open(repository.database.pointer, count: fresh.count)
        for bytes in fresh.values { try pack.append(blob: bytes) }
        try pack.finish()
        try Libgit2.check(git_odb_refresh(repository.database.pointer), "find the new pack")
    }
}
