/// What stood at a path from one commit until another replaced it.
public struct PathVersion: Sendable, Equatable {
    /// The commit that brought it.
    public let commit: ObjectID
    /// Nil: nothing stood there.
    public let object: ObjectID?
}

extension Repository {
    /// What stood at a path, newest first, along first parents from a commit to the first one.
    public func versions(of path: String, from tip: ObjectID) throws(GitError) -> [PathVersion] {
        var versions: [PathVersion] = []
        var next: ObjectID? = tip
        while let commit = next {
            let version = PathVersion(commit: commit, object: try entry(at: path, inCommit: commit)?.id)
            // The same as after it: this commit is the older one to have it.
            if let last = versions.last, last.object == version.object { versions.removeLast() }
            versions.append(version)
            next = try parents(of: commit).first
        }
        return versions
    }
}
