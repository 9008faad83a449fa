internal import CLibgit2

/// Blobs to be written together: few become loose objects, many become one pack.
struct BlobBatch {
    /// From how many new blobs on a pack is written.
    static let packThreshold = 500

    private var fresh: [ObjectID: TreeFile] = [:]

    /// The id of a file's bytes; the file is kept for `write` if the repository does not have them.
    mutating func add(_ file: TreeFile, to repository: Repository) throws(GitError) -> ObjectID {
        let id = try Repository.blobID(of: file.bytes)
        guard fresh[id] == nil else { return id }
        var raw = id.raw
        let flags = UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)
        if git_odb_exists_ext(repository.database.pointer, &raw, flags) == 0 { fresh[id] = file }
        return id
    }

    func write(to repository: Repository) throws(GitError) {
        guard fresh.count > Self.packThreshold else {
            for file in fresh.values { _ = try repository.writeBlob(file.bytes) }
            return
        }
        var pack = try PackWriter.open(repository.database.pointer, count: fresh.count)
        for file in fresh.values { try pack.append(blob: file.bytes) }
        try pack.finish()
        try Libgit2.check(git_odb_refresh(repository.database.pointer), "find the new pack")
    }
}
