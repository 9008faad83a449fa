internal import ArgumentParser
internal import Documents
internal import Reports
internal import Resources
internal import Rules
internal import Workspace

/// `parapet evaluate`
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Judges a snapshot that was collected before.",
        discussion: """
            PATH is a file with one resource a line (NDJSON), a file with a JSON array of resources, a folder of the \
            snapshots branch, or REV:FOLDER in the repository, such as parapet/snapshots:prod. Ages are counted to --now, \
            or to the time that the resources or the commit carry.

            With --tenant, its own rules, parameters and trusted accounts count, and its last scan is read where no \
            --snapshot is named. Without it, all rules count as they are written.
            """)

    @OptionGroup var repository: RepositoryOptions

    @Option(name: .long, help: ArgumentHelp("What to judge.", valueName: "path"))
    var snapshot: String?

    @Option(name: .long, help: "The tenant by whose parameters and trusted accounts is judged.")
    var tenant: String?

    @Option(name: .long, help: ArgumentHelp("A folder of rules, used without any repository.", valueName: "dir"))
    var policies: String?

    @Flag(name: .long, help: "Read the repository's files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(
        name: .long,
        help: ArgumentHelp("Write every verdict to a file, one JSON object a line, sorted.", valueName: "file"))
    var verdicts: String?

    @Flag(name: .long, help: "Print the number of verdicts of each rule alone, as JSON.")
    var counts = false

    @Option(name: .long, help: "How many threads work at once; default: one for each core.")
    var jobs: Int?

    @Option(name: .long, help: ArgumentHelp("The moment that ages are counted to.", valueName: "time"))
    var now: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Exit with 1 when a rule this severe, or worse, fails.", valueName: "severity"),
        transform: { text in
            guard let severity = Severity(rawValue: text) else {
                throw ValidationError(
                    "`\(text)` is none of: \(Severity.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return severity
        })
    var failOn: Severity?

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    @Argument(help: "Only these rules.")
    var rules: [String] = []

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
        guard snapshot != nil || tenant != nil else {
            throw ValidationError("say what to judge: --snapshot PATH, or --tenant NAME for its last scan")
        }
        guard policies == nil || tenant == nil else {
            throw ValidationError("a tenant stands in the repository: --policies reads none")
        }
    }

    func run() async throws {
        let content = try BuiltinContent.load()
        let workspace = try RuleSource(repository: repository, worktree: worktree, policies: policies).load(content)
        let console = Console.standard
        let owner = try tenant.map { try workspace.tenant($0) }
        let input = try SnapshotInput.read(
            snapshot ?? "\(workspace.settings.snapshotsBranch):\(tenant ?? "")", in: repository)
        let moment = try input.moment(now)
        let policy = owner.map { workspace.policy(for: $0, at: moment) }
        let known = policy?.rules.map(\.rule) ?? workspace.rules.map(\.rule)
        for name in rules where !known.contains(where: { $0.id == name }) {
            throw CommandFailure(
                .configuration, "there is no rule `\(name)`", help: suggestion(for: name, among: known.map(\.id)))
        }
        let selected = known.filter { rules.isEmpty || rules.contains($0.id) }.sorted { $0.id.precedesByBytes($1.id) }
        guard !selected.isEmpty else { throw CommandFailure(.configuration, "there are no rules to judge by") }
        let evaluator = BulkEvaluator(
            selected.map { BulkEvaluator.Assignment($0, settings: policy?.settings[$0.id] ?? [:]) },
            catalog: content.catalog,
            fragments: workspace.fragments.mapValues(\.condition), tables: workspace.tables,
            facts: BulkEvaluator.Facts(
                now: moment, types: input.types, gaps: input.gaps, trust: owner?.trust ?? Trust()))
        let results: BulkResults
        do {
            results = try await evaluator.run(
                input.text, jobs: jobs ?? ProcessorCount.available, keepsVerdicts: verdicts != nil)
        } catch {
            throw CommandFailure(.configuration, "\(input.place(of: error.line)): \(error.message)")
        }
        if let verdicts {
            try OutputFile.write(VerdictsNDJSON.render(results.verdicts), to: verdicts)
        }
        let report = EvaluationReport(results: results, rules: selected)
        if counts {
            console.print(report.counts.text())
        } else if format == .json {
            console.print(report.json.text())
        } else {
            console.print(report.text(console.output))
        }
        if let failOn, report.fails(from: failOn) { throw ExitStatus.findings }
    }
}

enum EvaluationFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
