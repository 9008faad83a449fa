internal import CLibgit2
internal import Glibc

extension Repository {
    /// Fetches through a second repository that has this one's objects and none of its references.
    ///
    /// libgit2 1.5 tells the remote what is here by walking the history of every reference, and fails where a shallow
    /// clone's history ends. With `known`, the references that the refspecs set are told.
    func fetchThroughView(
        _ url: String, refspecs: [String], credentials: Credentials, known: Bool
    ) throws(GitError) {
        let view = try RepositoryView(of: self)
        let patterns = refspecs.compactMap { $0.split(separator: ":").last.map(String.init) }
        if known {
            for pattern in patterns { try copyReferences(matching: pattern, to: view.repository) }
        }
        let viewPointer = view.repository.pointer
        let remote = try Handle(git_remote_free, "use the remote `\(url)`") {
            git_remote_create_anonymous($0, viewPointer, url)
        }
        try Self.fetch(remote.pointer, refspecs: refspecs, credentials: credentials)
        try Libgit2.check(git_odb_refresh(database.pointer), "find what was fetched")
        try view.repository.copyReferences(matching: "refs/*", to: self)
        for pattern in patterns {
            for name in try references(matching: pattern) where try view.repository.target(ofReference: name) == nil {
                try removeReference(name)
            }
        }
    }

    private func copyReferences(matching pattern: String, to other: Repository) throws(GitError) {
        for name in try references(matching: pattern) {
            guard let id = try target(ofReference: name), try other.target(ofReference: name) != id else { continue }
            try other.setReference(name, to: id, message: "parapet: fetch")
        }
    }
}
