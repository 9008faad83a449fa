internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Rules
internal import Workspace

/// `parapet backtest`
struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Shows what a rule would have found in the scans that are recorded.",
        discussion: """
            The rule, as it stands at --revision or in the worktree, judges every recorded snapshot of a tenant with the \
            tenant's parameters. Waivers and switched-off rules play no part. A resource whose value a scan did not \
            collect is unknown there, and says why. The exit code says nothing of what was found.
            """)

    @Argument(help: "The rule's id.", completion: .custom { _, _, _ in KnownRules.completions() })
    var rule: String

    @Option(name: .long, help: "Only this tenant.")
    var tenant: String?

    @Option(name: .long, help: ArgumentHelp("Leave out what was before this day.", valueName: "day"))
    var since: Day?

    @OptionGroup var options: RepositoryOptions

    @Flag(name: .long, help: "Read the repository's files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func run() throws {
        let content = try BuiltinContent.load()
        let workspace = try RuleSource(repository: options, worktree: worktree, policies: nil).load(content)
        let known = workspace.rules.map(\.rule)
        guard let rule = known.first(where: { $0.id == rule }) else {
            throw CommandFailure(
                .configuration, "there is no rule `\(rule)`", help: suggestion(for: rule, among: known.map(\.id)))
        }
        let results = try ResultsHistory(options)
        let console = Console.standard
        var documents: [JSON] = []
        for name in try results.tenants(named: tenant) {
            guard let owner = workspace.tenants.first(where: { $0.name == name }) else {
                console.note("\(name) has results, but is no tenant any more: it is left out")
                continue
            }
            var backtest = Backtest()
            for (commit, moment) in try results.snapshots(of: name, since: since?.start) {
                backtest.add(
                    moment: moment, commit: commit.description,
                    verdicts: try verdicts(of: rule, on: commit, moment, owner, workspace, results, content))
            }
            let report = BacktestReport(backtest, rule: rule.id, tenant: name)
            switch format {
            case .json: documents.append(report.json)
            case .text: console.print(report.text(console.output) + "\n")
            }
        }
        if format == .json { console.print(JSON.array(documents)) }
    }

    private func verdicts(
        of rule: Rule, on commit: ObjectID, _ moment: Timestamp, _ tenant: Tenant, _ workspace: Workspace,
        _ results: ResultsHistory, _ content: BuiltinContent
    ) throws(CommandFailure) -> [Verdict] {
        do {
            let snapshot = try SnapshotFiles.snapshot(
                RevisionTree(results.repository, at: commit), tenant.name, at: moment)
            let context = EvaluationContext(
                catalog: content.catalog, snapshot: snapshot, fragments: workspace.fragments.mapValues(\.condition),
                tables: workspace.tables, trust: tenant.trust)
            let settings = workspace.policy(for: tenant, at: moment).settings[rule.id] ?? [:]
            return RuleEvaluator(rule, settings: settings, in: context).verdicts()
        } catch {
            throw CommandFailure(.incomplete, "the snapshot \(commit.short) cannot be read: \(error.message)")
        }
    }
}
