internal import CLibgit2

/// A git repository.
///
/// Bare repositories, linked worktrees, shallow and partial clones work. Not safe for use from several tasks at once:
/// every task opens its own.
public final class Repository {
    let handle: Handle
    let database: Handle

    init(handle: consuming Handle) throws(GitError) {
        let pointer = handle.pointer
        self.handle = handle
        database = try Handle(git_odb_free, "open the object database") { git_repository_odb($0, pointer) }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Opens the repository that `path` is in, looking upward from it.
    ///
    /// Throws `notARepository`, `notOwned` where it belongs to another user, and `unsupportedRepository` for one with
    /// SHA-256 object names or extensions that libgit2 does not know.
    public static func open(at path: String) throws(GitError) -> Repository {
        try Libgit2.start()
        do {
            let handle = try Handle(git_repository_free, "open the repository `\(path)`") {
                git_repository_open_ext($0, path, 0, nil)
            }
            return try Repository(handle: handle)
        } catch {
            throw Self.explained(error, path: path)
        }
    }

    /// Makes a repository with a working directory at `path`; its branch is `main`. One that exists is opened.
    public static func create(at path: String) throws(GitError) -> Repository {
        try Libgit2.start()
        var options = git_repository_init_options()
        _ = git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
        options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue
        let handle = try Handle(git_repository_free, "create a repository at `\(path)`") { out in
            "main".withCString { branch in
                options.initial_head = branch
                return git_repository_init_ext(out, path, &options)
            }
        }
        return try Repository(handle: handle)
    }

    private static func explained(_ error: GitError, path: String) -> GitError {
        if error.message.contains("objectformat") || error.message.contains("object format") {
            return GitError(
                .unsupportedRepository, "the repository `\(path)` has SHA-256 object names, which are not supported",
                help: "use a repository made with `git init --object-format=sha1`")
        }
        if error.message.contains("unsupported extension") || error.message.contains("repository version") {
            return GitError(.unsupportedRepository, error.message)
        }
        // libgit2 1.5 says so where no `safe.directory` is configured.
        if error.code == .notOwned || error.message.contains("safe.directory") {
            return GitError(
                .notOwned, "the repository `\(path)` belongs to another user",
                help: "`git config --global --add safe.directory FOLDER` trusts one repository, "
                    + "\(Libgit2.trustVariable)=1 all of them")
        }
        if error.code == .other,
            error.message.contains("could not find repository")
                || error.message.contains("failed to resolve path")
        {
            return GitError(
                .notARepository, "`\(path)` is not in a git repository",
                help: "name a folder inside of a repository, or make one with `git init`")
        }
        return error
    }

    /// Whether there is no working directory.
    public var isBare: Bool { git_repository_is_bare(pointer) == 1 }

    /// Whether the history was cut off when the repository was cloned.
    public var isShallow: Bool { git_repository_is_shallow(pointer) == 1 }

    /// Whether objects may be left on the remote until they are needed (`git clone --filter`).
    public var isPartial: Bool {
        if configuration("extensions.partialclone") != nil { return true }
        let names = (try? remoteNames()) ?? []
        return names.contains { configuration("remote.\($0).promisor") == "true" }
    }

    /// Absolute, with a slash at the end; nil for a bare repository.
    public var workingDirectory: String? { git_repository_workdir(pointer).map { String(cString: $0) } }

    /// Absolute, with a slash at the end; a linked worktree has its own.
    public var gitDirectory: String { git_repository_path(pointer).map { String(cString: $0) } ?? "" }

    /// The folder that all worktrees share: objects, branches.
    public var commonDirectory: String { git_repository_commondir(pointer).map { String(cString: $0) } ?? gitDirectory }

    /// A value of the repository's, the user's or the system's configuration.
    func configuration(_ key: String) -> String? {
        guard
            let snapshot = try? Handle(
                git_config_free, "read the configuration",
                make: { git_repository_config_snapshot($0, pointer) })
        else { return nil }
        var value: UnsafePointer<CChar>?
        guard git_config_get_string(&value, snapshot.pointer, key) == 0 else { return nil }
        return value.map { String(cString: $0) }
    }

    /// `user.name` and `user.email`, from the configuration.
    public func configuredIdentity() -> (name: String, email: String)? {
        guard let name = configuration("user.name"), let email = configuration("user.email") else { return nil }
        return (name, email)
    }

    /// The error for an object that should be here and is not.
    func missing(_ id: ObjectID) -> GitError {
        explainedMissing(GitError(.missingObject, "object `\(id)` is missing from the repository"))
    }

    /// Says what fetches the missing object, for the kind of clone that this is.
    func explainedMissing(_ error: GitError) -> GitError {
        guard error.code == .missingObject else { return error }
        if isShallow {
            return GitError(
                .missingObject, "\(error.message) (the clone is shallow: it was not fetched)",
                help: "run `git fetch --unshallow`, or give actions/checkout `fetch-depth: 0`")
        }
        if isPartial {
            return GitError(
                .missingObject, "\(error.message) (the clone is partial: it was not fetched)",
                help: "run `git fetch --refetch --no-filter`, or clone without `--filter`")
        }
        return error
    }
}
