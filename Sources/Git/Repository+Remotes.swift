internal import CLibgit2
internal import CShims

extension Repository {
    /// The names of the configured remotes.
    public func remoteNames() throws(GitError) -> [String] {
        var list = git_strarray()
        try Libgit2.check(git_remote_list(&list, pointer), "list the remotes")
        defer { git_strarray_dispose(&list) }
        return (0..<list.count).compactMap { list.strings?[$0].map { String(cString: $0) } }
    }

    /// The URL of a remote, without user and password; nil if there is no such remote.
    public func remoteURL(_ name: String) -> String? {
        guard let remote = try? remote(name), let url = git_remote_url(remote.pointer) else { return nil }
        return Redaction.clean(String(cString: url))
    }

    /// Fetches what the refspecs name (`+refs/heads/parapet/*:refs/remotes/origin/parapet/*`) and sets the references.
    ///
    /// `remote` is the name of a remote, or a URL. A reference that the remote does not have is no error; what such a
    /// refspec would set here is removed, so that it cannot be taken for what the remote has. In a shallow clone the
    /// whole history of what is fetched comes with it.
    public func fetch(remote name: String, refspecs: [String], credentials: Credentials) throws(GitError) {
        let remote = try remote(name)
        guard isShallow else {
            return try Self.fetch(remote.pointer, refspecs: refspecs, credentials: credentials)
        }
        let url = git_remote_url(remote.pointer).map { String(cString: $0) } ?? name
        do throws(GitError) {
            try fetchThroughView(url, refspecs: refspecs, credentials: credentials, known: true)
        } catch {
            // The history of a reference that is here was cut off, too: say that nothing is here.
            guard error.code == .missingObject else { throw error }
            try fetchThroughView(url, refspecs: refspecs, credentials: credentials, known: false)
        }
    }

    /// Sends commits and sets references on the remote, forcing none.
    ///
    /// `remote` is the name of a remote, or a URL. Returns what became of every reference: the remote can take some and
    /// refuse others. Where one is not a fast-forward, nothing is sent and all are rejected. Throws only for what
    /// keeps the remote from answering. A remote that is a folder runs no hooks: libgit2 writes to it itself.
    public func push(
        remote name: String, updates: [(id: ObjectID, reference: String)], credentials: Credentials
    ) throws(GitError) -> [String: PushStatus] {
        guard !updates.isEmpty else { return [:] }
        let remote = try remote(name)
        let sources = try TemporaryReferences(repository: self, targets: updates.map(\.id))
        let names = updates.map(\.reference)
        let refspecs = zip(sources.names, names).map { "\($0):\($1)" }
        let url = git_remote_url(remote.pointer).map { String(cString: $0) } ?? name
        let callbacks = RemoteCallbacks(credentials: credentials, url: url)
        let code = withExtendedLifetime(callbacks) {
            Self.push(remote.pointer, refspecs: refspecs, keeping: isShallow ? names : nil, callbacks: callbacks)
        }
        if code == GIT_ENONFASTFORWARD.rawValue {
            let reason = "the remote has commits that are not in what was pushed"
            return Dictionary(names.map { ($0, .outrun(reason)) }) { first, _ in first }
        }
        guard code == 0 else { throw explainedMissing(callbacks.error(code, "push to `\(name)`")) }
        var statuses = callbacks.statuses
        for name in names where statuses[name] == nil { statuses[name] = .rejected("the remote did not answer for it") }
        return statuses
    }

    private func remote(_ name: String) throws(GitError) -> Handle {
        var found: OpaquePointer?
        if git_remote_lookup(&found, pointer, name) == 0 {
            return try Handle(git_remote_free, "read the remote `\(name)`") { out in
                out.pointee = found
                return 0
            }
        }
        guard name.contains(":") || name.contains("/") else {
            throw GitError(
                .invalid, "the repository has no remote `\(name)`", help: "`git remote add` makes one")
        }
        return try Handle(git_remote_free, "use the remote `\(name)`") {
            git_remote_create_anonymous($0, pointer, name)
        }
    }

    static func fetch(
        _ remote: OpaquePointer, refspecs: [String], credentials: Credentials
    ) throws(GitError) {
        let url = git_remote_url(remote).map { String(cString: $0) } ?? ""
        let callbacks = RemoteCallbacks(credentials: credentials, url: url)
        var options = git_fetch_options()
        _ = git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        options.callbacks = callbacks.raw
        options.prune = GIT_FETCH_PRUNE
        options.update_fetchhead = 0
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        options.proxy_opts.type = GIT_PROXY_AUTO
        let code = withExtendedLifetime(callbacks) {
            Libgit2.withStringArray(refspecs) { git_remote_fetch(remote, $0, &options, "parapet: fetch") }
        }
        guard code == 0 else { throw callbacks.error(code, "fetch from `\(url)`") }
    }

    private static func push(
        _ remote: OpaquePointer, refspecs: [String], keeping: [String]?, callbacks: RemoteCallbacks
    ) -> Int32 {
        var options = git_push_options()
        _ = git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION))
        options.callbacks = callbacks.raw
        options.proxy_opts.type = GIT_PROXY_AUTO
        var code = git_remote_connect(remote, GIT_DIRECTION_PUSH, &options.callbacks, &options.proxy_opts, nil)
        guard code == 0 else { return code }
        defer { git_remote_disconnect(remote) }
        if let keeping {
            code = Libgit2.withCStrings(keeping) { parapet_git_keep_advertised(remote, $0, $1) }
            guard code == 0 else { return code }
        }
        code = Libgit2.withStringArray(refspecs) { git_remote_upload(remote, $0, &options) }
        guard code == 0 else { return code }
        return git_remote_update_tips(remote, &options.callbacks, 0, GIT_REMOTE_DOWNLOAD_TAGS_NONE, nil)
    }
}
