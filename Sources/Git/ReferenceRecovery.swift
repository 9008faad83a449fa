internal import CLibgit2
internal import Glibc

/// Puts in order what a killed process left: either all of its references have moved, or none.
struct ReferenceRecovery {
    let repository: Repository

    /// A lock that is this much younger than the last note is not that process's.
    private static let slack = 10

    /// For whoever has the record: nobody else is at work then.
    func run(_ record: borrowing ReferenceRecord) throws(GitError) {
        let entries = record.entries
        if !entries.isEmpty {
            unlock(entries, notedAt: record.notedAt)
            try complete(entries)
            record.clear()
        }
        // Those are made for a push, under the record.
        for name in try repository.references(matching: TemporaryReferences.prefix + "*") {
            _ = git_reference_remove(repository.pointer, name)
        }
    }

    private func unlock(_ entries: [ReferenceRecord.Entry], notedAt: Int) {
        for case .locks(let name) in entries {
            let path = repository.commonDirectory + name + ".lock"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_mtim.tv_sec <= notedAt + Self.slack
            else { continue }
            unlink(path)
        }
    }

    /// Moves the others where some have moved.
    private func complete(_ entries: [ReferenceRecord.Entry]) throws(GitError) {
        var isBegun = false
        var missing: [(name: String, to: ObjectID)] = []
        for case .moves(let name, let from, let to) in entries where from != to {
            let target = try repository.target(ofReference: name)
            if target == to { isBegun = true } else if target == from { missing.append((name, to)) }
        }
        guard isBegun, !missing.isEmpty else { return }
        let transaction = try ReferenceTransaction(repository: repository)
        for (name, _) in missing { try transaction.lock(name) }
        for (name, to) in missing { try transaction.setTarget(name, to, message: "parapet: end of a landing") }
        try transaction.commit()
    }
}
