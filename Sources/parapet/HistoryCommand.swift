internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Workspace

/// `parapet history`
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows how tenants fared from scan to scan: score, findings, days to fix, month against month.",
        discussion: """
            All of it is read from the results branch; scans that changed nothing left no commit there, and stand in the \
            journal alone. A finding counts as resolved when a scan could judge it and no longer found it; where it could \
            not, the finding is undecided, and neither open nor resolved.
            """)

    @Argument(help: "The tenants; all of them where none is named.")
    var tenants: [String] = []

    @Option(name: .long, help: ArgumentHelp("Leave out what was before this day.", valueName: "day"))
    var since: Day?

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func run() throws {
        let results = try ResultsHistory(options)
        let selected =
            tenants.isEmpty
            ? try results.tenants(named: nil) : try tenants.flatMap { try results.tenants(named: $0) }
        let console = Console.standard
        var documents: [JSON] = []
        for tenant in selected {
            let postures = try results.commits(of: tenant, since: since?.start).reversed().compactMap {
                try results.posture(tenant, at: $0)
            }
            let report = HistoryReport(tenant, History(postures))
            switch format {
            case .json: documents.append(report.json)
            case .text: console.print(report.text(console.output) + "\n")
            }
        }
        if format == .json { console.print(JSON.array(documents)) }
    }
}

/// A day on the command line: `2026-10-01`.
struct Day: ExpressibleByArgument {
    /// Midnight UTC at its start.
    let start: Timestamp

    init?(argument: String) {
        guard argument.utf8.count == 10, let start = Timestamp("\(argument)T00:00:00Z") else { return nil }
        self.start = start
    }
}
