internal import ArgumentParser
internal import Documents
internal import Reference
internal import Resources

extension ResourcesCommand {
    /// `parapet resources list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists all resource types: scanners, scope, id.")

        @Option(name: .long, help: "text or json.")
        var format: EvaluationFormat = .text

        func run() throws {
            let types = ResourceTypeReference.all(of: try BuiltinContent.load().catalog)
            let console = Console.standard
            switch format {
            case .json: console.print(.array(types.map(\.summary)))
            case .text: console.print(ResourceTypeReference.table(types, console.output))
            }
        }
    }
}
