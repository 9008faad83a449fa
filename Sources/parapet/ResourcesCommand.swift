internal import ArgumentParser
internal import Documents
internal import Resources

/// `parapet resources`
struct ResourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resources",
        abstract: "Shows the resource types and what rules can say about them.",
        subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)
}

extension ResourceCatalog {
    /// The type that a command line names.
    func type(named name: String) throws(CommandFailure) -> ResourceType {
        if let type = self[name] { return type }
        throw CommandFailure(
            .configuration, "there is no resource type `\(name)`",
            help: suggestion(for: name, among: names) ?? "parapet resources lists all")
    }
}
