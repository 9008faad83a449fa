internal import ArgumentParser
internal import Documents
internal import Resources
internal import Rules
internal import Workspace

/// `parapet test`
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs the tests that stand in rules.",
        discussion: """
            Without --policies, the rules of the repository's revision; with it, the rules of a folder alone. With --mutate, \
            each rule is changed in one small place after the other: a change that no test notices has survived, and is a \
            test that is missing.
            """)

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: ArgumentHelp("A folder of rules, tested without any repository.", valueName: "dir"))
    var policies: String?

    @Argument(help: "Only these rules.")
    var rules: [String] = []

    @Flag(name: .shortAndLong, help: "Show the tests that pass, too.")
    var verbose = false

    @Flag(name: .long, help: "Change the rules in small ways, too, and list the changes that no test notices.")
    var mutate = false

    @Option(
        name: .long,
        help: ArgumentHelp("With --mutate, exit with 1 where fewer changes are noticed.", valueName: "percent"))
    var minimumKilled: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Print a test of RULE, made of a real resource, in place of running any.", valueName: "snapshot#id"))
    var from: String?

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func validate() throws {
        if let from, !from.contains("#") || rules.count != 1 {
            throw ValidationError(
                "--from takes SNAPSHOT#ID, and one rule to test: parapet test --from parapet/snapshots:prod#ID RULE")
        }
        guard let minimumKilled else { return }
        guard mutate else { throw ValidationError("--minimum-killed needs --mutate") }
        guard (0...100).contains(minimumKilled) else {
            throw ValidationError("--minimum-killed takes a number from 0 to 100")
        }
    }

    func run() async throws {
        let content = try BuiltinContent.load()
        let workspace = try RuleSource(repository: repository, worktree: worktree, policies: policies).load(content)
        let console = Console.standard
        let known = workspace.rules.map(\.rule.id)
        for name in rules where !known.contains(name) {
            throw CommandFailure(
                .configuration, "there is no rule `\(name)`", help: suggestion(for: name, among: known))
        }
        if let from, let rule = workspace.rules.first(where: { rules.contains($0.rule.id) })?.rule {
            return try record(rule, from, workspace, content)
        }
        let runner = RuleTestRunner(
            catalog: content.catalog, fragments: workspace.fragments.mapValues(\.condition), tables: workspace.tables)
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
        let failed = outcomes.count { $0.fault != nil }
        if format == .text { show(outcomes, of: selected.count, failed: failed, on: console) }
        var results: MutationResults?
        if mutate, failed == 0 {
            results = await MutationRunner(
                catalog: content.catalog, fragments: workspace.fragments, tables: workspace.tables
            )
            .run(selected.map(\.rule), jobs: ProcessorCount.available)
        } else if mutate {
            console.note("mutants are tried once all tests pass")
        }
        if format == .json {
            console.print(Self.json(outcomes, of: selected.count, failed: failed, results).text())
        } else if let results {
            console.print("\n" + results.text(console.output))
        }
        if failed > 0 { throw ExitStatus.findings }
        if let minimumKilled, let results, !results.reaches(percent: minimumKilled) {
            console.error("\(results.share) % of the mutants were killed, fewer than \(minimumKilled) %")
            throw ExitStatus.findings
        }
    }

    private func show(_ outcomes: [RuleTestRunner.Outcome], of rules: Int, failed: Int, on console: Console) {
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
        console.print(
            "\(count(rules, "rule")), \(count(outcomes.count, "test")): \(outcomes.count - failed) passed, \(failed) failed"
        )
    }

    /// `mutation` is there only where mutants were tried.
    private static func json(
        _ outcomes: [RuleTestRunner.Outcome], of rules: Int, failed: Int, _ results: MutationResults?
    ) -> JSON {
        let failures = outcomes.compactMap { outcome in
            outcome.fault.map { fault -> JSON in
                [
                    "rule": .string(outcome.rule), "path": .string(outcome.path),
                    "line": .integer(Int64(outcome.span.line)), "column": .integer(Int64(outcome.span.column)),
                    "expected": .string(outcome.expected.rawValue),
                    "verdict": .string(outcome.verdict.kind.rawValue), "fault": .string(fault),
                ]
            }
        }
        var object: JSONObject = [
            "rules": .integer(Int64(rules)), "tests": .integer(Int64(outcomes.count)),
            "failed": .integer(Int64(failed)), "failures": .array(failures),
        ]
        object["mutation"] = results?.json
        return .object(object)
    }

    /// Prints a test that is made of a resource.
    private func record(_ rule: Rule, _ place: String, _ workspace: Workspace, _ content: BuiltinContent) throws {
        let mark = place.firstIndex(of: "#") ?? place.endIndex
        let id = String(place[mark...].dropFirst())
        let input = try SnapshotInput.read(String(place[..<mark]), in: repository)
        let snapshot = try input.snapshot(at: try input.moment(nil))
        let candidates = rule.resources.flatMap { snapshot.resources[$0] ?? [] }
        guard let resource = candidates.first(where: { $0.id == id || $0.arn == id }) else {
            throw CommandFailure(
                .configuration, "there is no \(rule.resources.joined(separator: " or ")) `\(id)` in \(place[..<mark])",
                help: suggestion(for: id, among: candidates.map(\.id)))
        }
        let context = EvaluationContext(
            catalog: content.catalog, snapshot: snapshot, fragments: workspace.fragments.mapValues(\.condition),
            tables: workspace.tables)
        var test = RecordedTest(rule, fragments: workspace.fragments, in: context)
        Console.standard.print("  - " + test.text(of: resource))
    }
}
