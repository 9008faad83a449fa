internal import ArgumentParser
internal import Documents
internal import Rules
internal import Workspace

/// `parapet test`
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs the tests that stand in rules.",
        discussion: "Without --policies, the rules of the repository's revision; with it, the rules of a folder alone.")

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: ArgumentHelp("A folder of rules, tested without any repository.", valueName: "dir"))
    var policies: String?

    @Argument(help: "Only these rules.")
    var rules: [String] = []

    @Flag(name: .shortAndLong, help: "Show the tests that pass, too.")
    var verbose = false

    func run() throws {
        let content = try BuiltinContent.load()
        let workspace = try RuleSource(repository: repository, worktree: worktree, policies: policies).load(content)
        let console = Console.standard
        let known = workspace.rules.map(\.rule.id)
        for name in rules where !known.contains(name) {
            throw CommandFailure(
                .configuration, "there is no rule `\(name)`", help: suggestion(for: name, among: known))
        }
        let runner = RuleTestRunner(
            catalog: content.catalog, fragments: workspace.fragments.mapValues(\.condition))
        let selected = workspace.rules.filter {
            (rules.isEmpty || rules.contains($0.rule.id)) && !$0.rule.tests.isEmpty
        }
        guard !selected.isEmpty else {
            throw CommandFailure(
                .configuration,
                policies == nil
                    ? "the repository has no rules of its own to test"
                    : "there are no rules with tests in `\(policies ?? "")`",
                help: "built-in rules carry no tests in the binary")
        }
        let outcomes = selected.flatMap { runner.run($0.rule) }
        for outcome in outcomes {
            if let fault = outcome.fault {
                console.print(
                    "\(console.output.paint("FAIL", .error)) \(outcome.rule) (\(outcome.path):\(outcome.span.line)): \(fault.inert)"
                )
            } else if verbose {
                console.print(
                    "\(console.output.paint("ok", .good))   \(outcome.rule) (\(outcome.path):\(outcome.span.line)): \(outcome.expected.rawValue)"
                )
            }
        }
        let failed = outcomes.count { $0.fault != nil }
        console.print(
            "\(count(selected.count, "rule")), \(count(outcomes.count, "test")): \(outcomes.count - failed) passed, \(failed) failed"
        )
        if failed > 0 { throw ExitStatus.findings }
    }
}
