internal import ArgumentParser
internal import Glibc

/// The command line's root.
@main
struct Parapet: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "parapet",
        abstract: "Reviews the security configuration of AWS accounts like code.",
        discussion: """
            Tenants, rules and frameworks are YAML in a git repository. A scan reads them at a revision, collects the \
            accounts read-only, judges them, and commits findings and compliance reports to branches of their own.

            Exit codes: 0 nothing at or above the threshold; 1 findings at or above it, or failed tests; 2 the \
            configuration or the command line is wrong; 3 incomplete: something is unknown, or a tenant could not be \
            collected; 4 an outside service failed; 70 a defect of this program; 130 interrupted.
            """,
        version: version,
        subcommands: [
            InitCommand.self, TenantsCommand.self, ScanCommand.self, CollectCommand.self, SnapshotCommand.self,
            EvaluateCommand.self,
            ExplainCommand.self, ReportCommand.self, SiteCommand.self, FixCommand.self, ComplianceCommand.self,
            HistoryCommand.self, DiffCommand.self, ReviewCommand.self, BlameCommand.self, BacktestCommand.self,
            VerifyCommand.self,
            ValidateCommand.self, TestCommand.self, RulesCommand.self, ResourcesCommand.self, SchemaCommand.self,
        ])

    static func main() async {
        Interrupts.shared.watch()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            finish(error)
        }
        end(with: .good)
    }

    /// Ends the program. What could not be written must not look like all that there was to say.
    private static func end(with status: ExitStatus) -> Never {
        guard let fault = FileHandleText.outputFault else { Glibc.exit(status.rawValue) }
        Console.standard.error("standard output cannot be written to: \(fault)", help: "what was written is not all")
        Glibc.exit(ExitStatus.worst([status, .outside]).rawValue)
    }

    /// Prints what an error has to say and ends the program with the code that it calls for.
    private static func finish(_ error: any Error) -> Never {
        switch error {
        case let status as ExitStatus: end(with: status)
        case let failure as CommandFailure:
            Console.standard.error(failure.message, help: failure.help)
            end(with: failure.status)
        default:
            let code = exitCode(for: error)
            if code == .success {
                // Help, the version, completions.
                FileHandleText.write(fullMessage(for: error) + "\n", to: STDOUT_FILENO)
                end(with: .good)
            }
            Console.standard.usage(fullMessage(for: error))
            Glibc.exit(code == .validationFailure ? ExitStatus.configuration.rawValue : ExitStatus.defect.rawValue)
        }
    }
}
