internal import AWSModels
internal import ArgumentParser
internal import Documents
internal import Workspace

/// `parapet validate`
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks settings, tenants, rules, frameworks and waivers, and reports every fault at once.",
        discussion: """
            Text goes to standard error, the other formats to standard output: json for programs, github for annotations \
            in GitHub Actions, sarif (2.1.0) for code scanning. The format is never chosen by itself: GitHub Actions needs \
            --format github. The exit code is the same in every format.
            """)

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: "text, json, github or sarif.")
    var format: DiagnosticFormat = .text

    func run() throws {
        let content = try BuiltinContent.load()
        let loaded = try Self.load(repository, worktree: worktree, content)
        let report = DiagnosticReport(loaded.diagnostics, most: format.most)
        let console = Console.standard
        switch format {
        case .text: show(report, loaded.workspace, console)
        case .json: console.print(report.json)
        case .github: console.print(lines: report.github)
        case .sarif: console.print(report.sarif(tool: "parapet", version: Parapet.version))
        }
        if report.errors > 0 { throw ExitStatus.configuration }
    }

    private func show(_ report: DiagnosticReport, _ workspace: Workspace, _ console: Console) {
        console.show(report.shown)
        if let remainder = report.remainder { console.note(remainder) }
        guard report.errors == 0 else {
            console.note("\(count(report.errors, "error")), \(count(report.warnings, "warning"))")
            return
        }
        let own = workspace.rules.count { $0.origin == .repository }
        console.print(
            "valid: \(count(workspace.tenants.count, "tenant")), \(count(workspace.rules.count, "rule")) "
                + "(\(own) of its own), \(count(workspace.frameworks.count, "framework"))"
                + (workspace.waivers.isEmpty ? "" : ", \(count(workspace.waivers.count, "waiver"))")
                + (report.warnings > 0 ? ", \(count(report.warnings, "warning"))" : ""))
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

/// How faults are reported.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, github, sarif

    /// How many are shown at most.
    var most: Int {
        switch self {
        case .text, .github: 100
        case .json, .sarif: 5_000
        }
    }
}

/// `1 rule`, `2 rules`.
func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
