internal import AWSModels
internal import Documents
internal import Git
internal import Rules
internal import Workspace

/// The rules and frameworks that there are: the built-in ones, and in a repository its own.
struct KnownRules {
    let workspace: Workspace
    /// What is wrong with the repository's rules and frameworks. Those that have faults are not in the workspace.
    let faults: [Diagnostic]

    /// Outside of a repository, and in one that is not Parapet's, there are the built-in ones alone.
    init(_ options: RepositoryOptions, worktree: Bool, _ content: BuiltinContent) throws {
        do {
            if worktree {
                try self.init(DirectoryTree(options.repository), content)
            } else if Self.isElsewhere(options) {
                try self.init(NoFiles(), content)
            } else {
                let tree = try OpenedRepository(options).tree
                if try tree.file(at: "parapet.yaml") == nil {
                    try self.init(NoFiles(), content)
                } else {
                    try self.init(tree, content)
                }
            }
        } catch let error as WorkspaceError {
            throw CommandFailure(.configuration, error.message)
        }
    }

    /// The built-in ones.
    init(_ content: BuiltinContent) throws(WorkspaceError) { try self.init(NoFiles(), content) }

    private init(_ tree: some FileTree, _ content: BuiltinContent) throws(WorkspaceError) {
        let loaded = try WorkspaceLoader.load(
            tree, catalog: content.catalog, regions: content.endpoints.knownRegions, needsSettings: false)
        workspace = loaded.workspace
        faults = loaded.diagnostics.filter { diagnostic in
            diagnostic.severity == .error
                && ["policies/", "frameworks/"].contains { diagnostic.path.hasPrefix($0) }
        }
    }

    /// Whether nobody named a repository, and there is none here, or one without commits.
    private static func isElsewhere(_ options: RepositoryOptions) -> Bool {
        guard options.repository == ".", options.revision == "HEAD" else { return false }
        do {
            _ = try Repository.open(at: ".").resolveCommit("HEAD")
            return false
        } catch {
            return error.code == .notARepository || error.code == .noCommits
        }
    }

    /// The ids for completions: of what can be read right here.
    static func completions() -> [String] {
        var options = RepositoryOptions()
        options.repository = "."
        options.revision = "HEAD"
        guard let content = try? BuiltinContent.load(),
            let known = try? KnownRules(options, worktree: false, content)
        else { return [] }
        return known.workspace.rules.map(\.rule.id)
    }
}

/// A repository with nothing in it.
private struct NoFiles: FileTree {
    func file(at path: String) -> FileTreeEntry? { nil }
    func files(under folder: String) -> [FileTreeEntry] { [] }
    func read(_ entry: FileTreeEntry, limit: Int) -> [UInt8] { [] }
}
