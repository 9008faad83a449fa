internal import ArgumentParser
internal import Documents
internal import Reference
internal import Resources

extension ResourcesCommand {
    /// `parapet resources show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows a resource type: every path with its type and the call that collects it, and relations.")

        @Argument(
            help: ArgumentHelp("The type, such as AWS::S3::Bucket.", valueName: "type"),
            completion: .custom { _, _, _ in (try? BuiltinContent.load().catalog.names) ?? [] })
        var type: String

        @Option(name: .long, help: "text or json.")
        var format: EvaluationFormat = .text

        func run() throws {
            let catalog = try BuiltinContent.load().catalog
            let reference = ResourceTypeReference(try catalog.type(named: type), in: catalog)
            let console = Console.standard
            switch format {
            case .json: console.print(reference.json)
            case .text: console.print(reference.text(console.output))
            }
        }
    }
}
