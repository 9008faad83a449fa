internal import ArgumentParser
internal import Documents
internal import Glibc
internal import Posture
internal import Reports
internal import Workspace

/// `parapet report`
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the findings of the last scan in a format for people or machines.",
        discussion: """
            The tenant's last recorded snapshot is judged by the configuration at --revision; nothing is collected. \
            Without --tenant the report is of all tenants, where the format can hold several. The exit code says nothing of \
            the findings.

            \(ReportFormat.all.map { "\($0.name): \($0.purpose)" }.joined(separator: "; ")).
            """)

    @OptionGroup var repository: RepositoryOptions

    @Option(name: .long, help: "The tenant; default: all, where the format can hold several.")
    var tenant: String?

    @Option(name: .long, help: ArgumentHelp("What to write.", valueName: "format"))
    var format: ReportFormat

    @Option(name: .long, help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        let source = try PostureSource(repository)
        let text: String
        if let tenant {
            text = format.render(
                try source.posture(of: source.workspace.tenant(tenant)), version: Parapet.version)
        } else {
            let tenants = source.workspace.tenants
            let names = tenants.map(\.name).joined(separator: ", ")
            guard format.holdsSeveral else {
                throw CommandFailure(
                    .configuration, "a report as \(format.name) is of one tenant",
                    help: "name it with --tenant" + (names.isEmpty ? "" : ": \(names)"))
            }
            guard !tenants.isEmpty else {
                throw CommandFailure(
                    .configuration, "there are no tenants", help: "add one below tenants/, and commit it")
            }
            let postures = try tenants.map { try source.posture(of: $0) }
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
}
