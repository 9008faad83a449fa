internal import ArgumentParser
internal import Documents
internal import Reports
internal import Resources

extension SnapshotCommand {
    /// `parapet snapshot show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows what a snapshot holds and what could not be read, or documents of resources.")

        @Argument(help: ArgumentHelp("The snapshot.", valueName: "path"))
        var path: String

        @OptionGroup var repository: RepositoryOptions

        @Option(name: .long, help: "Only resources of this type; with it, their documents are shown.")
        var type: String?

        @Option(name: .long, help: "Only the resource with this id or ARN; its document is shown.")
        var id: String?

        @Option(name: .long, help: "text or json. Documents are JSON in any case.")
        var format: EvaluationFormat = .text

        func run() throws {
            let input = try SnapshotInput.read(path, in: repository)
            let snapshot = try input.snapshot(at: input.collectedAt ?? Timestamp(seconds: 0))
            let console = Console.standard
            guard type != nil || id != nil else {
                let summary = SnapshotSummary(snapshot, collectedAt: input.collectedAt)
                switch format {
                case .json: console.print(summary.json)
                case .text: console.print(summary.text(console.output))
                }
                return
            }
            let documents = try resources(snapshot).map(\.envelope)
            if let only = documents.first, documents.count == 1, id != nil {
                console.print(only)
            } else {
                console.print(.array(documents))
            }
        }

        private func resources(_ snapshot: Snapshot) throws(CommandFailure) -> [Resource] {
            let types = snapshot.resources.keys.sorted { $0.precedesByBytes($1) }
            if let type, !snapshot.types.contains(type), snapshot.resources[type] == nil {
                throw CommandFailure(
                    .configuration, "there is no \(type) in \(path)",
                    help: suggestion(for: type, among: types))
            }
            let candidates = types.filter { type == nil || $0 == type }.flatMap { snapshot.resources[$0] ?? [] }
            guard let id else { return candidates }
            let found = candidates.filter { $0.id.hasSameBytes(as: id) || $0.arn.hasSameBytes(as: id) }
            guard !found.isEmpty else {
                throw CommandFailure(
                    .configuration, "there is no \(type ?? "resource") `\(id)` in \(path)",
                    help: suggestion(for: id, among: candidates.map(\.id)))
            }
            return found
        }
    }
}
