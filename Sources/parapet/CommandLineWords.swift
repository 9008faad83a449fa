public import ArgumentParser
public import Reference
public import Reports
public import Rules
public import Workspace

// Words of other rooms that can stand on a command line.
extension FileFormat: ExpressibleByArgument {}
extension Settings.GitHub.Comment: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension RecordedFinding.Remediation: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {
    public init?(argument: String) {
        guard let format = ReportFormat.named(argument) else { return nil }
        self = format
    }

    public static var allValueStrings: [String] { all.map(\.name) }
}
