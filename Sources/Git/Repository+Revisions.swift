internal import CLibgit2

extension Repository {
    /// The commit that a revision names, as git reads it: `HEAD`, `main~2`, a tag, an abbreviated id.
    ///
    /// Throws `noCommits` where HEAD is meant and the branch has none, `unknownRevision` for anything else.
    public func resolveCommit(_ revision: String) throws(GitError) -> ObjectID {
        if revision.hasPrefix("HEAD") || revision == "@", git_repository_head_unborn(pointer) == 1 {
            throw GitError(.noCommits, "the repository has no commits", help: "commit the configuration first")
        }
        guard !revision.utf8.contains(0) else { throw unknown(revision) }
        var found: OpaquePointer?
        let code = git_revparse_single(&found, pointer, revision)
        defer { git_object_free(found) }
        if code == GIT_EAMBIGUOUS.rawValue {
            throw GitError(.unknownRevision, "`\(revision)` names more than one object", help: "give more digits")
        }
        guard code == 0 else { throw unknown(revision) }
        var commit: OpaquePointer?
        let peeled = git_object_peel(&commit, found, GIT_OBJECT_COMMIT)
        defer { git_object_free(commit) }
        guard peeled == 0, let id = git_object_id(commit) else {
            throw GitError(.unknownRevision, "`\(revision)` is not a commit")
        }
        return ObjectID(id.pointee)
    }

    private func unknown(_ revision: String) -> GitError {
        GitError(
            .unknownRevision, "the repository has no revision `\(revision)`",
            help: isShallow
                ? "the clone is shallow: run `git fetch --unshallow`, or give actions/checkout `fetch-depth: 0`" : nil)
    }

    /// The branch that HEAD names, in full (`refs/heads/main`), even if it has no commit; nil if HEAD is detached.
    public func checkedOutBranch() -> String? {
        guard
            let head = try? Handle(
                git_reference_free, "read `HEAD`", make: { git_reference_lookup($0, pointer, "HEAD") }),
            let name = git_reference_symbolic_target(head.pointer)
        else { return nil }
        return String(cString: name)
    }

    /// Whether a branch (`refs/heads/main`) is checked out, here or in another worktree of the repository.
    public func isCheckedOut(_ branch: String) -> Bool {
        if checkedOutBranch() == branch { return true }
        var found: OpaquePointer?
        defer { git_reference_free(found) }
        return git_reference_lookup(&found, pointer, branch) == 0 && git_branch_is_checked_out(found) == 1
    }

    /// The first paths, in git's order, that differ from HEAD: changed, added, removed, untracked. Empty if bare.
    public func changedPaths(limit: Int) throws(GitError) -> [String] {
        guard !isBare, limit > 0 else { return [] }
        var options = git_status_options()
        _ = git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
        let list = try Handle(git_status_list_free, "read the working directory") {
            git_status_list_new($0, pointer, &options)
        }
        var paths: [String] = []
        for index in 0..<git_status_list_entrycount(list.pointer) where paths.count < limit {
            guard let entry = git_status_byindex(list.pointer, index)?.pointee else { continue }
            let delta = entry.index_to_workdir ?? entry.head_to_index
            guard let path = delta?.pointee.new_file.path ?? delta?.pointee.old_file.path else { continue }
            paths.append(String(cString: path))
        }
        return paths
    }

    /// Whether `ancestor` is `commit` or one of the commits before it.
    ///
    /// Throws `missingObject` where the history between them was not fetched.
    public func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
        if ancestor == commit { return true }
        var older = ancestor.raw
        var newer = commit.raw
        let code = git_graph_descendant_of(pointer, &newer, &older)
        guard code >= 0 else {
            throw explainedMissing(GitError(libgit2: code, "read the history of `\(commit)`"))
        }
        return code == 1
    }

    /// The newest commit that both of two commits come from; nil where there is none.
    ///
    /// Throws `missingObject` where the history between them was not fetched.
    public func mergeBase(of one: ObjectID, and other: ObjectID) throws(GitError) -> ObjectID? {
        var (first, second, found) = (one.raw, other.raw, git_oid())
        let code = git_merge_base(&found, pointer, &first, &second)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        guard code == 0 else {
            throw explainedMissing(GitError(libgit2: code, "read the history of `\(one)` and `\(other)`"))
        }
        return ObjectID(found)
    }
}
