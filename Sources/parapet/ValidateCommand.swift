internal import AWSModels
internal import ArgumentParser
internal import Documents
internal import Workspace

/// `parapet validate`
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks settings, tenants, rules, frameworks and waivers, and reports every fault at once.")

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    func run() throws {
        let content = try BuiltinContent.load()
        let loaded = try Self.load(repository, worktree: worktree, content)
        let console = Console.standard
        console.show(loaded.diagnostics)
        let errors = loaded.diagnostics.count { $0.severity == .error }
        let warnings = loaded.diagnostics.count - errors
        guard errors == 0 else {
            console.note("\(count(errors, "error")), \(count(warnings, "warning"))")
            throw ExitStatus.configuration
        }
        let own = loaded.workspace.rules.count { $0.origin == .repository }
        console.print(
            "valid: \(count(loaded.workspace.tenants.count, "tenant")), \(count(loaded.workspace.rules.count, "rule")) "
                + "(\(own) of its own), \(count(loaded.workspace.frameworks.count, "framework"))"
                + (loaded.workspace.waivers.isEmpty ? "" : ", \(count(loaded.workspace.waivers.count, "waiver"))")
                + (warnings > 0 ? ", \(count(warnings, "warning"))" : ""))
    }

    static func load(
        _ options: RepositoryOptions, worktree: Bool, _ content: BuiltinContent
    ) throws -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        do {
            if worktree {
                return try WorkspaceLoader.load(
                    DirectoryTree(options.repository), catalog: content.catalog, regions: content.endpoints.knownRegions
                )
            }
            return try WorkspaceLoader.load(
                OpenedRepository(options).tree, catalog: content.catalog, regions: content.endpoints.knownRegions)
        } catch let error as WorkspaceError {
            throw CommandFailure(.configuration, error.message)
        }
    }
}

/// `1 rule`, `2 rules`.
func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
