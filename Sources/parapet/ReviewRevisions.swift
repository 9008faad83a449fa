internal import Documents
internal import Git

/// The two commits of a review.
struct ReviewRevisions {
    let repository: Repository
    let base: ObjectID
    let head: ObjectID
    /// Where the head is what GitHub made of both sides: the pull request's own head, as a full id.
    var shownHead: String?

    /// - Parameter base: nil for the commit at which the head left the default branch.
    init(_ folder: String, base: String?, head: String) throws(CommandFailure) {
        var options = RepositoryOptions()
        options.repository = folder
        options.revision = head
        let opened = try OpenedRepository(options)
        repository = opened.repository
        self.head = opened.commit
        do throws(GitError) {
            if let base {
                self.base = try repository.resolveCommit(base)
                return
            }
            let branches = [
                ("refs/remotes/origin/HEAD", "origin/HEAD"), ("refs/remotes/origin/main", "origin/main"),
                ("refs/heads/main", "main"),
            ]
            for (branch, name) in branches {
                guard let tip = try repository.target(ofReference: branch),
                    let start = try repository.mergeBase(of: tip, and: opened.commit)
                else { continue }
                self.base = start
                Console.standard.note("the base is \(start.short), where the head left \(name)")
                return
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .configuration, "there is no branch that the head can be compared with",
            help: "name the base: parapet review --base REV")
    }
}
