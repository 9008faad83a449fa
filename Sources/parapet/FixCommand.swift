internal import ArgumentParser
internal import Documents
internal import Reports

/// `parapet fix`
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Says how to fix a finding, with the resource's own names.",
        discussion: """
            FINDING is an id of the results branch's findings.json, or a beginning that no other id has. Commands are \
            printed, never run; names from AWS stand in quotes.
            """)

    @Argument(help: ArgumentHelp("The finding's id, or its beginning.", valueName: "finding"))
    var finding: String

    @OptionGroup var repository: RepositoryOptions

    @Option(name: .long, help: "The tenant; default: all.")
    var tenant: String?

    @Option(name: .long, help: "text, cli or terraform alone; default: all of them, with the finding.")
    var format: RecordedFinding.Remediation?

    func run() throws {
        let found = try find()
        let console = Console.standard
        guard let format else {
            let style = console.output
            console.print(style.paint(found.message.inert, .strong))
            console.print(
                "\(found.resource.inert), tenant \(found.tenant.inert), rule \(found.rule.inert), \(found.id)")
            for way in RecordedFinding.Remediation.allCases {
                if let fix = found.fix(way) { console.print("\n\(style.paint(way.rawValue, .faint))\n\(fix)") }
            }
            return
        }
        guard let fix = found.fix(format) else {
            let others = RecordedFinding.Remediation.allCases.filter { found.fix($0) != nil }.map(\.rawValue)
            throw CommandFailure(
                .configuration, "finding \(found.id) has no remediation as \(format.rawValue)",
                help: others.isEmpty ? nil : "it has one as \(others.joined(separator: " and as "))")
        }
        console.print(fix)
    }

    private func find() throws(CommandFailure) -> RecordedFinding {
        let matches = try recorded()
        guard let match = matches.findings.first, !finding.isEmpty else {
            if let unknown = matches.unknown.first, !finding.isEmpty {
                throw CommandFailure(
                    .configuration, "`\(finding)` is no finding: \(unknown)",
                    help: "let the scan see what it needs, and scan again")
            }
            throw CommandFailure(
                .configuration, "there is no finding `\(finding)`",
                help: "findings.json on the results branch lists them: parapet report --format ndjson")
        }
        guard matches.findings.count == 1 else {
            let some = matches.findings.prefix(3).map { "\($0.id) (\($0.rule))" }.joined(separator: ", ")
            throw CommandFailure(
                .configuration, "\(matches.findings.count) findings begin with `\(finding)`: \(some)")
        }
        return match
    }

    /// What begins so, of the tenants that the results branch knows.
    private func recorded() throws(CommandFailure) -> RecordedFinding.Matches {
        let results = try ResultsHistory(repository)
        var all = RecordedFinding.Matches()
        for name in try results.tenants(named: tenant) {
            let matches = try results.matches(finding, of: name)
            all.findings += matches.findings
            all.unknown += matches.unknown
        }
        return all
    }
}
