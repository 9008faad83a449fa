internal import CLibgit2
internal import Glibc

extension Repository {
    /// What a reference (`refs/heads/main`) points at in the end; nil if there is none.
    public func target(ofReference name: String) throws(GitError) -> ObjectID? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, pointer, name)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try Libgit2.check(code, "read the reference `\(name)`")
        return ObjectID(id)
    }

    /// The full names of the references that match a pattern (`refs/heads/parapet/*`), sorted.
    public func references(matching pattern: String) throws(GitError) -> [String] {
        let iterator = try Handle(git_reference_iterator_free, "list references") {
            git_reference_iterator_glob_new($0, pointer, pattern)
        }
        var names: [String] = []
        var name: UnsafePointer<CChar>?
        var code = git_reference_next_name(&name, iterator.pointer)
        while code == 0, let found = name {
            names.append(String(cString: found))
            code = git_reference_next_name(&name, iterator.pointer)
        }
        guard code == 0 || code == GIT_ITEROVER.rawValue else { throw GitError(libgit2: code, "list references") }
        return names.sorted()
    }

    /// Locks references, so that nobody else moves them, until the transaction is committed or goes away.
    ///
    /// Tries for about a second; then throws `locked`, with the lock's file in the help. Throws `conflict` for a name
    /// that is a folder of another reference, or the other way round.
    ///
    /// One process of Parapet at a time has references locked; what one left that was killed meanwhile is put in order
    /// first: its locks go, and where it had moved some of its references, the others follow.
    public func lock(references names: [String]) throws(GitError) -> ReferenceTransaction {
        // In one order everywhere, so that nobody waits for somebody who waits for him.
        let names = Set(names).sorted()
        let record = try ReferenceRecord(self)
        try ReferenceRecovery(repository: self).run(record)
        try record.note(names.map { .locks($0) })
        let transaction = try ReferenceTransaction(repository: self, record: record)
        for name in names { try transaction.lock(name) }
        return transaction
    }

    /// Moves one reference that nobody else competes for.
    func setReference(_ name: String, to id: ObjectID, message: String) throws(GitError) {
        var raw = id.raw
        var reference: OpaquePointer?
        defer { git_reference_free(reference) }
        let code = git_reference_create(&reference, pointer, name, &raw, 1, message)
        try Libgit2.check(code, "set the reference `\(name)`")
    }

    /// Removes one reference that nobody else competes for.
    func removeReference(_ name: String) throws(GitError) {
        try Libgit2.check(git_reference_remove(pointer, name), "remove the reference `\(name)`")
    }
}
