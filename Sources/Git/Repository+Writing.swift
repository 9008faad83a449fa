internal import CLibgit2

extension Repository {
    /// Stores the tree that `base` becomes with the changes, in their order; without `base`, one with nothing else.
    ///
    /// Only folders that are touched are written; empty ones vanish. Throws `invalid` for a path that git cannot store
    /// and `conflict` where two changes make a file and a folder of one name.
    public func writeTree(base: ObjectID?, changes: [TreeChange]) throws(GitError) -> ObjectID {
        var blobs = BlobBatch()
        var edit = TreeEdit(replaces: base == nil)
        for change in changes {
            switch change {
            case .file(let path, let bytes):
                try edit.set(TreePath(path), blobs.add(TreeFile(path: path, bytes: bytes), to: self))
            case .remove(let path):
                try edit.remove(TreePath(path))
            case .replaceDirectory(let path, let files):
                if path.isEmpty { edit = TreeEdit(replaces: true) } else { try edit.replace(TreePath(path)) }
                let prefix = path.isEmpty ? "" : path + "/"
                for file in files { try edit.set(TreePath(prefix + file.path), blobs.add(file, to: self)) }
            }
        }
        do throws(GitError) {
            try blobs.write(to: self)
            if let tree = try build(edit, base: base) { return tree }
            return try write(builder(base: nil))
        } catch {
            throw explainedMissing(error)
        }
    }

    /// Stores a commit, and moves no reference to it.
    ///
    /// The author is the committer. The message gets a newline at its end.
    public func createCommit(
        tree: ObjectID, parents: [ObjectID], message: String, author: Signature
    ) throws(GitError) -> ObjectID {
        guard !message.utf8.contains(0) else { throw GitError(.invalid, "the commit message has a zero byte") }
        let message = message.hasSuffix("\n") ? message : message + "\n"
        let signature = try author.raw()
        defer { git_signature_free(signature) }
        var id = git_oid()
        var tree = tree.raw
        let raws = parents.map(\.raw)
        let code = raws.withUnsafeBufferPointer { buffer in
            var pointers = buffer.indices.map { index in buffer.baseAddress.map { $0 + index } }
            return git_commit_create_from_ids(
                &id, pointer, nil, signature, signature, nil, message, &tree, parents.count, &pointers)
        }
        guard code == 0 else { throw explainedMissing(GitError(libgit2: code, "write a commit")) }
        return ObjectID(id)
    }

    /// Nil if nothing is left.
    private func build(_ edit: TreeEdit, base: ObjectID?) throws(GitError) -> ObjectID? {
        let builder = try builder(base: edit.replaces ? nil : base)
        for (name, change) in edit.changes {
            let name = name.map { CChar(bitPattern: $0) } + [0]
            let old = git_treebuilder_get(builder.pointer, name).flatMap { TreeEntry(path: "", entry: $0) }
            var kind = GIT_FILEMODE_BLOB
            var id: ObjectID?
            switch change {
            case .blob(let blob): id = blob
            case .remove: break
            case .directory(let below):
                kind = GIT_FILEMODE_TREE
                id = try build(below, base: old?.kind == .directory ? old?.id : nil)
                // Removing `a/b` does not remove the file `a`.
                if id == nil, let old, old.kind != .directory, !below.replaces { continue }
            }
            if var raw = id?.raw {
                try Libgit2.check(git_treebuilder_insert(nil, builder.pointer, name, &raw, kind), "write a tree")
            } else if old != nil {
                try Libgit2.check(git_treebuilder_remove(builder.pointer, name), "write a tree")
            }
        }
        return git_treebuilder_entrycount(builder.pointer) == 0 ? nil : try write(builder)
    }

    private func builder(base: ObjectID?) throws(GitError) -> Handle {
        guard let base else {
            return try Handle(git_treebuilder_free, "write a tree") { git_treebuilder_new($0, pointer, nil) }
        }
        let tree = try lookup(base, GIT_OBJECT_TREE)
        return try Handle(git_treebuilder_free, "write a tree") {
            git_treebuilder_new($0, pointer, tree.pointer)
        }
    }

    private func write(_ builder: borrowing Handle) throws(GitError) -> ObjectID {
        var id = git_oid()
        try Libgit2.check(git_treebuilder_write(&id, builder.pointer), "write a tree")
        return ObjectID(id)
    }
}
