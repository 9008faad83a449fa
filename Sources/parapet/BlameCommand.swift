internal import ArgumentParser
internal import Documents
internal import Git
internal import Reports
internal import Resources
internal import Scanning
internal import Workspace

/// `parapet blame`
struct BlameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Shows for each value of a resource which scan first saw it so.",
        discussion: """
            The resource is the one of the newest recorded scan. Each line names the commit on the snapshots branch that \
            brought the value; ^ marks what the first scan found already, and what may be older. Below stand the \
            resource's findings, and since when the values are so that they rest on.
            """)

    @Argument(help: "The resource's id or ARN.")
    var resource: String

    @Option(name: .long, help: "Only in this tenant.")
    var tenant: String?

    @Option(name: .long, help: "Only of this type.")
    var type: String?

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func run() throws {
        let content = try BuiltinContent.load()
        let results = try ResultsHistory(options)
        var reports: [BlameReport] = []
        var others: [String] = []
        for name in try results.tenants(named: tenant) {
            let outcome = try results.newestOutcome(of: name, content.catalog)
            let candidates = outcome.snapshot.resources.values.joined().filter { type == nil || $0.type == type }
            let found = candidates.filter { $0.id.hasSameBytes(as: resource) || $0.arn.hasSameBytes(as: resource) }
            for one in found.sorted(by: { ($0.type, $0.region) < ($1.type, $1.region) }) {
                guard let blame = ResourceBlame(try results.versions(of: one, in: outcome.snapshot, name)) else {
                    continue
                }
                reports.append(BlameReport(blame, of: outcome.posture))
            }
            others += candidates.map(\.id)
        }
        guard !reports.isEmpty else {
            throw CommandFailure(
                .configuration, "the newest scan has no \(type ?? "resource") `\(resource)`",
                help: suggestion(for: resource, among: others))
        }
        let console = Console.standard
        switch format {
        case .json: console.print(.array(reports.map(\.json)))
        case .text: console.print(reports.map { $0.text(console.output) }.joined(separator: "\n\n"))
        }
    }
}
