internal import ArgumentParser
internal import Documents
internal import Reports
internal import Resources

extension SnapshotCommand {
    /// `parapet snapshot diff`
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Compares two snapshots: resources added, removed and changed, with pointers into the documents.",
            discussion: """
                What one of the snapshots could not read, or was not asked for, is told as such: it is neither removed nor \
                added. Members that change without a change of configuration, such as last uses, do not count.
                """)

        @Argument(help: ArgumentHelp("The older snapshot.", valueName: "old"))
        var old: String

        @Argument(help: ArgumentHelp("The newer snapshot.", valueName: "new"))
        var new: String

        @OptionGroup var repository: RepositoryOptions

        @Option(name: .long, help: "text or json.")
        var format: EvaluationFormat = .text

        func run() throws {
            let catalog = try BuiltinContent.load().catalog
            let difference = SnapshotDifference(from: try read(old), to: try read(new), catalog: catalog)
            let report = SnapshotDifferenceReport(difference)
            let console = Console.standard
            switch format {
            case .json: console.print(report.json)
            case .text: console.print(report.text(console.output))
            }
        }

        private func read(_ path: String) throws(CommandFailure) -> Snapshot {
            let input = try SnapshotInput.read(path, in: repository)
            return try input.snapshot(at: input.collectedAt ?? Timestamp(seconds: 0))
        }
    }
}
