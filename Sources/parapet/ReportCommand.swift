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
            The newest recorded scan is judged by the policy that was recorded with it; nothing is collected. \
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
        let text: String
        if tenant != nil, let name = tenants.first {
            let posture = try results.newestOutcome(of: name, catalog).posture
            text = format.render(try restricted([posture])[0], version: Parapet.version)
        } else {
            guard format.holdsSeveral else {
                throw CommandFailure(
                    .configuration, "a report as \(format.name) is of one tenant",
                    help: "name it with --tenant: \(tenants.joined(separator: ", "))")
            }
            let postures = try restricted(tenants.map { try results.newestOutcome(of: $0, catalog).posture })
            guard let rendered = format.render(all: postures, version: Parapet.version) else {
                throw CommandFailure(.defect, "\(format.name) holds one tenant alone")
            }
            text = rendered
        }
        if output == "-" {
            FileHandleText.write(text, to: STDOUT_FILENO)
        } else {
            try OutputFile.write(Array(text.utf8), to: output)
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
