internal import Documents
internal import Workspace

/// Where a command takes its rules from: a folder of them, or a repository with the built-in ones.
struct RuleSource {
    var repository: RepositoryOptions
    var worktree: Bool
    var policies: String?

    /// Loads the rules; all faults are shown, and end the command where one is an error. Faults of waivers do not: they
    /// change no verdict.
    func load(_ content: BuiltinContent) throws -> Workspace {
        let loaded: (workspace: Workspace, diagnostics: [Diagnostic])
        if let policies {
            do {
                loaded = try WorkspaceLoader.loadRules(DirectoryTree(policies), catalog: content.catalog)
            } catch {
                throw CommandFailure(.configuration, error.message)
            }
        } else {
            loaded = try ValidateCommand.load(repository, worktree: worktree, content)
        }
        Console.standard.show(loaded.diagnostics)
        guard !loaded.diagnostics.contains(where: { $0.severity == .error && !$0.isOfWaiver }) else {
            throw ExitStatus.configuration
        }
        return loaded.workspace
    }
}
