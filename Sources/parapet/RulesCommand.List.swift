internal import ArgumentParser
internal import Documents
internal import Reference
internal import Resources
internal import Rules
internal import Workspace

extension RulesCommand {
    /// `parapet rules list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists rules: severity, resource types, title. Filters go together.")

        @OptionGroup var source: KnownRulesOptions

        @Option(
            name: .long, help: "Only the built-in rules of a scanner.", completion: .list(Vocabulary.scanners))
        var scanner: String?

        @Option(name: .long, help: "Only rules of this severity.")
        var severity: Severity?

        @Option(
            name: .long, help: ArgumentHelp("Only rules that judge a resource type.", valueName: "type"),
            completion: .custom { _, _, _ in (try? BuiltinContent.load().catalog.names) ?? [] })
        var resource: String?

        @Option(name: .long, help: "Only rules that a control of this framework names.")
        var framework: String?

        @Option(name: .long, help: "text or json.")
        var format: EvaluationFormat = .text

        func run() throws {
            let content = try BuiltinContent.load()
            let known = try source.load(content)
            if let resource { _ = try content.catalog.type(named: resource) }
            try Self.check(scanner, "scanner", among: Vocabulary.scanners)
            try Self.check(framework, "framework", among: known.workspace.frameworks.keys.sorted())
            let filter = RuleFilter(scanner: scanner, severity: severity, resource: resource, framework: framework)
            let references = RuleReference.all(of: known.workspace).filter(filter.holds)
            let console = Console.standard
            switch format {
            case .json: console.print(.array(references.map(\.summary)))
            case .text:
                if references.isEmpty {
                    console.note("no rule is like that")
                } else {
                    console.print(RuleReference.table(references, console.output))
                }
            }
            try known.finish()
        }

        private static func check(_ name: String?, _ what: String, among known: [String]) throws(CommandFailure) {
            guard let name, !known.contains(name) else { return }
            throw CommandFailure(
                .configuration, "there is no \(what) `\(name)`", help: suggestion(for: name, among: known))
        }
    }
}
