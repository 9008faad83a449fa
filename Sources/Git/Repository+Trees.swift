internal import CLibgit2

extension Repository {
    /// How deeply folders may be nested, in what is read and in what is written.
    public static let maximumDepth = 64

    /// The tree of a commit.
    public func tree(of commit: ObjectID) throws(GitError) -> ObjectID {
        let commit = try lookup(commit, GIT_OBJECT_COMMIT)
        guard let id = git_commit_tree_id(commit.pointer) else {
            throw GitError(.other, "the commit has no tree")
        }
        return ObjectID(id.pointee)
    }

    /// The commits before a commit, in its order.
    public func parents(of commit: ObjectID) throws(GitError) -> [ObjectID] {
        let commit = try lookup(commit, GIT_OBJECT_COMMIT)
        return (0..<git_commit_parentcount(commit.pointer)).compactMap {
            git_commit_parent_id(commit.pointer, $0).map { ObjectID($0.pointee) }
        }
    }

    /// When a commit was made, in seconds since 1970.
    public func time(of commit: ObjectID) throws(GitError) -> Int64 {
        let commit = try lookup(commit, GIT_OBJECT_COMMIT)
        return git_commit_time(commit.pointer)
    }

    /// The message of a commit, trailers included.
    public func message(of commit: ObjectID) throws(GitError) -> String {
        let commit = try lookup(commit, GIT_OBJECT_COMMIT)
        return git_commit_message(commit.pointer).map { String(cString: $0) } ?? ""
    }

    /// All files under a folder of a commit, recursively, sorted by path; the folder's own entry if it is a file;
    /// nothing if there is none.
    ///
    /// Throws `tooLarge` beyond `limit` entries or `maximumDepth` levels.
    ///
    /// - Parameter enters: whether a folder below is read, by its path.
    public func entries(
        ofCommit commit: ObjectID, under path: String = "", limit: Int = 1_000_000,
        enters: (String) -> Bool = { _ in true }
    ) throws(GitError) -> [TreeEntry] {
        try entries(ofTree: tree(of: commit), under: path, limit: limit, enters: enters)
    }

    /// As `entries(ofCommit:under:limit:enters:)`, of a tree.
    public func entries(
        ofTree tree: ObjectID, under path: String = "", limit: Int = 1_000_000,
        enters: (String) -> Bool = { _ in true }
    ) throws(GitError) -> [TreeEntry] {
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        var found: [TreeEntry] = []
        guard !path.isEmpty else {
            try collect(tree, prefix: "", depth: 0, limit: limit, enters, into: &found)
            return found
        }
        guard let start = try entry(at: path, inTree: tree) else { return [] }
        guard start.kind == .directory else { return [start] }
        try collect(start.id, prefix: path + "/", depth: 0, limit: limit, enters, into: &found)
        return found
    }

    /// The entry at a path of a commit, be it a file or a folder; nil if there is none.
    public func entry(at path: String, inCommit commit: ObjectID) throws(GitError) -> TreeEntry? {
        try entry(at: path, inTree: tree(of: commit))
    }

    /// As `entry(at:inCommit:)`, of a tree.
    public func entry(at path: String, inTree tree: ObjectID) throws(GitError) -> TreeEntry? {
        guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
        let tree = try lookup(tree, GIT_OBJECT_TREE)
        var entry: OpaquePointer?
        let code = git_tree_entry_bypath(&entry, tree.pointer, path)
        defer { git_tree_entry_free(entry) }
        guard code == 0, let entry else {
            if code == GIT_ENOTFOUND.rawValue, GitError.lastFamily != GIT_ERROR_ODB { return nil }
            throw explainedMissing(GitError(libgit2: code, "read `\(path)`"))
        }
        return TreeEntry(path: path, entry: entry)
    }

    private func collect(
        _ id: ObjectID, prefix: String, depth: Int, limit: Int, _ enters: (String) -> Bool,
        into found: inout [TreeEntry]
    ) throws(GitError) {
        guard depth < Self.maximumDepth else {
            throw GitError(.tooLarge, "`\(prefix)` is nested more than \(Self.maximumDepth) levels deep")
        }
        let tree = try lookup(id, GIT_OBJECT_TREE)
        for index in 0..<git_tree_entrycount(tree.pointer) {
            guard let pointer = git_tree_entry_byindex(tree.pointer, index), let name = git_tree_entry_name(pointer),
                let entry = TreeEntry(path: prefix + String(cString: name), entry: pointer)
            else { continue }
            if entry.kind == .directory {
                guard enters(entry.path) else { continue }
                try collect(entry.id, prefix: entry.path + "/", depth: depth + 1, limit: limit, enters, into: &found)
            } else {
                guard found.count < limit else {
                    throw GitError(.tooLarge, "`\(prefix)` has more than \(limit) files")
                }
                found.append(entry)
            }
        }
    }

    /// Loads an object of one kind.
    func lookup(_ id: ObjectID, _ kind: git_object_t) throws(GitError) -> Handle {
        var raw = id.raw
        do {
            return try Handle(git_object_free, "read object `\(id)`") { git_object_lookup($0, pointer, &raw, kind) }
        } catch {
            throw error.code == .missingObject ? missing(id) : error
        }
    }
}
