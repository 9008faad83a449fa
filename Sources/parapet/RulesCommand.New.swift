internal import ArgumentParser
internal import Documents
internal import Reference
internal import Resources
internal import Rules
internal import Workspace

extension RulesCommand {
    /// `parapet rules new`
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Begins a rule: a file with a question, and tests that pass. Overwrites nothing.")

        @Argument(help: ArgumentHelp("The rule's id: lower-case letters, digits and hyphens.", valueName: "id"))
        var rule: String

        @Option(
            name: .long, help: ArgumentHelp("The resource type that it judges.", valueName: "type"),
            completion: .custom { _, _, _ in (try? BuiltinContent.load().catalog.names) ?? [] })
        var resource = "AWS::S3::Bucket"

        @Option(
            name: .long, help: ArgumentHelp("The folder, in that of --repository; made where it is missing."),
            completion: .directory)
        var dir = "policies"

        @Option(
            name: [.customShort("C"), .long], help: ArgumentHelp("The repository, or a folder in it.", valueName: "dir")
        )
        var repository = "."

        func run() throws {
            guard RuleParser.isName(rule) else {
                throw CommandFailure(
                    .configuration, "`\(rule)` cannot be a rule's id",
                    help: "lower-case letters, digits and hyphens, at most 63, no hyphen first")
            }
            let content = try BuiltinContent.load()
            let type = try content.catalog.type(named: resource)
            try refuseKnown(content)
            guard let text = RuleSkeleton.text(id: rule, type: type) else {
                throw CommandFailure(.configuration, "there is nothing to ask of \(resource)")
            }
            let path = "\(dir)/\(rule).yaml"
            try OutputFile.create(
                text.utf8, at: path.hasPrefix("/") || repository == "." ? path : "\(repository)/\(path)")
            Console.standard.print(
                """
                  made \(path.inert)

                Fill in what says TODO, put your own condition in its place, then: parapet test --worktree \(rule)
                """)
        }

        /// A second rule of that id would be an error.
        private func refuseKnown(_ content: BuiltinContent) throws {
            var options = RepositoryOptions()
            options.repository = repository
            options.revision = "HEAD"
            let known = try KnownRules(options, worktree: true, content)
            guard let other = known.workspace.rules.first(where: { $0.rule.id == rule }) else { return }
            throw CommandFailure(
                .configuration, "there is a rule `\(rule)` already",
                help: other.origin == .repository
                    ? "it stands in \(other.rule.path)"
                    : "it is built in; a rule of another id can say `replaces: \(rule)`"
            )
        }
    }
}
