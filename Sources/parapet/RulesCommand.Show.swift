internal import ArgumentParser
internal import Documents
internal import Reference
internal import Rules
internal import Workspace

extension RulesCommand {
    /// `parapet rules show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows a rule: conditions, parameters, remediation, the controls that it speaks for.")

        @Argument(
            help: ArgumentHelp("The rule's id.", valueName: "id"),
            completion: .custom { _, _, _ in KnownRules.completions() })
        var rule: String

        @OptionGroup var source: KnownRulesOptions

        @Option(name: .long, help: "text or json.")
        var format: EvaluationFormat = .text

        func run() throws {
            let known = try source.load(BuiltinContent.load())
            guard let loaded = known.workspace.rules.first(where: { $0.rule.id == rule }) else {
                Console.standard.show(known.faults)
                throw CommandFailure(
                    .configuration, "there is no rule `\(rule)`",
                    help: suggestion(for: rule, among: known.workspace.rules.map(\.rule.id))
                        ?? "parapet rules lists all")
            }
            let reference = RuleReference(loaded, frameworks: known.workspace.frameworks.values)
            let console = Console.standard
            switch format {
            case .json: console.print(reference.json)
            case .text: console.print(reference.text(console.output))
            }
            try known.finish()
        }
    }
}
