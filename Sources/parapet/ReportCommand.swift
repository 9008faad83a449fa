internal import ArgumentParser
internal import Documents
internal import Glibc
internal import Posture
internal import Reports
internal import Scanning

/// `parapet report`
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the findings of the last scan in a format for people or machines.",
        discussion: """
            What the newest scan has recorded is written in another form; nothing is collected and nothing judged again. \
            Without --tenant the report is of all tenants, where the format can hold several. The exit code says nothing of \
            the findings.

            \(ReportFormat.all.map { "\($0.name): \($0.purpose)" }.joined(separator: "; ")).
            """)

    @OptionGroup var repository: RepositoryOptions

    @Option(name: .long, help: "The tenant; default: all, where the format can hold several.")
    var tenant: String?

    @Option(name: .long, help: ArgumentHelp("What to write.", valueName: "format"))
    var format: ReportFormat

    @Option(name: .long, help: ArgumentHelp("Only what the rules of this framework found.", valueName: "id"))
    var framework: String?

    @Option(name: .long, help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        let catalog = try BuiltinContent.load().catalog
        let results = try ResultsHistory(repository)
        let tenants = try results.tenants(named: tenant)
        guard tenant != nil || tenants.count == 1 || format.holdsSeveral else {
            throw CommandFailure(
                .configuration, "a report as \(format.name) is of one tenant",
                help: "name it with --tenant: \(tenants.joined(separator: ", "))")
        }
        let postures = try restricted(tenants.map { name throws in try results.newestPosture(of: name, catalog) })
        if output == "-" {
            write(postures, to: ReportOutput { FileHandleText.write($0, to: STDOUT_FILENO) })
        } else {
            let file = try OutputFile.Parts(output)
            write(postures, to: ReportOutput(to: file.append))
            try file.finish()
        }
        UntilExit.keep(postures)
    }

    private func write(_ postures: [Posture], to output: ReportOutput) {
        if tenant != nil || !format.holdsSeveral, let posture = postures.first {
            format.write(posture, version: Parapet.version, to: output)
        } else {
            _ = format.write(all: postures, version: Parapet.version, to: output)
        }
    }

    /// What the postures say of the framework that was asked for; tenants that do not name it are left out, and named.
    private func restricted(_ postures: [Posture]) throws(CommandFailure) -> [Posture] {
        guard let framework else { return postures }
        let restricted = postures.compactMap { $0.restricted(to: framework) }
        guard !restricted.isEmpty else {
            let known = Set(postures.flatMap(\.compliance).map(\.framework.id)).sorted()
            throw CommandFailure(
                .configuration, "there are no results of the framework `\(framework)`",
                help: suggestion(for: framework, among: known)
                    ?? (known.isEmpty ? "no framework was recorded" : "one of: \(known.joined(separator: ", "))"))
        }
        let others = postures.map(\.tenant).filter { name in !restricted.contains { $0.tenant == name } }
        if !others.isEmpty {
            Console.standard.note("without `\(framework)`, and left out: \(others.joined(separator: ", "))")
        }
        return restricted
    }
}
