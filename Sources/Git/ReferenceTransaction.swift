internal import CLibgit2
internal import Glibc

/// Locked references. Without `commit` nothing changes, and the locks go with the transaction.
///
/// Read the references after locking them: then what is read is what is replaced.
public struct ReferenceTransaction: ~Copyable {
    private let repository: Repository
    // Freed in this order: first the locks, then what tells of them.
    private let handle: Handle
    private let record: ReferenceRecord?

    private static let attempts = 8

    /// Nothing is noted without a record.
    init(repository: Repository, record: consuming ReferenceRecord? = nil) throws(GitError) {
        self.repository = repository
        self.record = record
        let pointer = repository.pointer
        handle = try Handle(git_transaction_free, "lock references") { git_transaction_new($0, pointer) }
    }

    /// What the reference will point at. It has to be locked.
    public func setTarget(_ name: String, _ id: ObjectID, message: String) throws(GitError) {
        switch record {
        case .some(let record):
            try record.note([.moves(name, from: try repository.target(ofReference: name), to: id)])
        case .none: break
        }
        var raw = id.raw
        let code = git_transaction_set_target(handle.pointer, name, &raw, nil, message)
        guard code != GIT_ENOTFOUND.rawValue else { throw GitError(.invalid, "`\(name)` is not locked") }
        try Libgit2.check(code, "set the reference `\(name)`")
    }

    /// Moves the references, one after the other, and unlocks them.
    public consuming func commit() throws(GitError) {
        try Libgit2.check(git_transaction_commit(handle.pointer), "move the references")
    }

    func lock(_ name: String) throws(GitError) {
        var valid: Int32 = 0
        guard git_reference_name_is_valid(&valid, name) == 0, valid == 1, !name.utf8.contains(0) else {
            throw GitError(.invalid, "`\(name)` is not a reference name")
        }
        var pause: UInt32 = 10_000
        for attempt in 1... {
            let code = git_transaction_lock_ref(handle.pointer, name)
            if code == 0 { break }
            guard code == GIT_ELOCKED.rawValue else {
                let error = GitError(libgit2: code, "lock the reference `\(name)`")
                try refuseNeighbours(of: name)
                throw error
            }
            guard attempt < Self.attempts else { throw locked(name) }
            usleep(pause / 2 + UInt32.random(in: 0...pause))
            pause = min(pause * 2, 300_000)
        }
        try refuseNeighbours(of: name)
    }

    private func locked(_ name: String) -> GitError {
        let file = repository.commonDirectory + name + ".lock"
        return GitError(
            .locked, "the reference `\(name)` is locked by another process",
            help: "remove `\(file)` if no other git process runs")
    }

    /// libgit2 does not look at packed references here, and would make a repository with `a` and `a/b`.
    private func refuseNeighbours(of name: String) throws(GitError) {
        var neighbour = try repository.references(matching: name + "/*").first
        var parent = name[...]
        while neighbour == nil, let slash = parent.lastIndex(of: "/") {
            parent = parent[..<slash]
            guard parent.contains("/") else { break }
            if try repository.target(ofReference: String(parent)) != nil { neighbour = String(parent) }
        }
        guard let neighbour else { return }
        throw GitError(
            .conflict, "the reference `\(name)` cannot exist beside `\(neighbour)`",
            help: "rename or delete `\(neighbour)`")
    }
}
