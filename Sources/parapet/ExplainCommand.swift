internal import ArgumentParser
internal import Documents
internal import Reports
internal import Resources
internal import Rules
internal import Workspace

/// `parapet explain`
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows how a rule came to its verdict on a resource.",
        discussion: """
            Prints the rule's conditions as a tree, with the truth of each part and the value that it read. The resource \
            is taken from the last scan of --tenant, or from --snapshot: a file of resources, a folder, or REV:FOLDER.
            """)

    @Argument(help: "The rule's id.")
    var rule: String

    @Argument(help: "The resource's id or ARN.")
    var resource: String

    @OptionGroup var repository: RepositoryOptions

    @Option(name: .long, help: "The tenant whose last snapshot is read.")
    var tenant: String?

    @Option(name: .long, help: ArgumentHelp("Where the resource stands instead.", valueName: "path"))
    var snapshot: String?

    @Option(name: .long, help: ArgumentHelp("A folder of rules, used without any repository.", valueName: "dir"))
    var policies: String?

    @Flag(name: .long, help: "Read the repository's files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: ArgumentHelp("The moment that ages are counted to.", valueName: "time"))
    var now: String?

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func validate() throws {
        guard (tenant == nil) != (snapshot == nil) else {
            throw ValidationError("say where the resource stands: --tenant NAME or --snapshot PATH")
        }
    }

    func run() throws {
        let content = try BuiltinContent.load()
        let workspace = try RuleSource(repository: repository, worktree: worktree, policies: policies).load(content)
        let known = workspace.rules.map(\.rule)
        guard let rule = known.first(where: { $0.id == rule }) else {
            throw CommandFailure(
                .configuration, "there is no rule `\(rule)`", help: suggestion(for: rule, among: known.map(\.id)))
        }
        let owner = try tenant.map { try workspace.tenant($0) }
        let place = tenant.map { "\(workspace.settings.snapshotsBranch):\($0)" } ?? snapshot ?? ""
        let input = try SnapshotInput.read(place, in: repository)
        let moment = try input.moment(now)
        let collected = try input.snapshot(at: moment)
        let settings = owner.map { workspace.policy(for: $0, at: moment).settings[rule.id] ?? [:] } ?? [:]
        let context = EvaluationContext(
            catalog: content.catalog, snapshot: collected, fragments: workspace.fragments.mapValues(\.condition),
            tables: workspace.tables, trust: owner?.trust ?? Trust())
        let evaluator = RuleEvaluator(rule, settings: settings, in: context)
        let candidates = rule.resources.flatMap { collected.resources[$0] ?? [] }
        let found = candidates.filter { $0.id == resource || $0.arn == resource }
        guard !found.isEmpty else {
            throw CommandFailure(
                .configuration,
                "there is no \(rule.resources.joined(separator: " or ")) `\(resource)` in \(place)",
                help: suggestion(for: resource, among: candidates.map(\.id)))
        }
        let explanations = found.compactMap { evaluator.explanation(of: $0) }
        let console = Console.standard
        switch format {
        case .json: console.print(JSON.array(explanations.map(ExplanationJSON.render)).text(.indented))
        case .text:
            console.print(
                explanations.map { ExplanationText.render($0, style: console.output) }.joined(separator: "\n\n"))
        }
    }
}
