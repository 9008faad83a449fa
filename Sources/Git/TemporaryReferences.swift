internal import CLibgit2

/// References under `refs/parapet/tmp/`, removed with the value: libgit2 pushes references only, not commits. What a
/// killed process left goes with the next lock of references.
struct TemporaryReferences: ~Copyable {
    static let prefix = "refs/parapet/tmp/"

    private let repository: Repository
    private(set) var names: [String] = []

    init(repository: Repository, targets: [ObjectID]) throws(GitError) {
        self.repository = repository
        for target in targets {
            let name = Self.prefix + String(UInt64.random(in: 0...UInt64.max), radix: 16)
            try repository.setReference(name, to: target, message: "parapet: push")
            names.append(name)
        }
    }

    deinit {
        for name in names { _ = git_reference_remove(repository.pointer, name) }
    }
}
