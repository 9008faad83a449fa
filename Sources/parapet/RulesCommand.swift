internal import ArgumentParser
internal import Documents

/// `parapet rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Shows rules, and begins new ones.",
        discussion:
            "The built-in rules, and in a repository its own. Where some of these have faults, the exit code is 2.",
        subcommands: [List.self, Show.self, New.self],
        defaultSubcommand: List.self)
}

/// Where the rules are from.
struct KnownRulesOptions: ParsableArguments {
    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    func load(_ content: BuiltinContent) throws -> KnownRules {
        try KnownRules(repository, worktree: worktree, content)
    }
}

extension KnownRules {
    /// Reports rules that could not be read, after those that could.
    func finish() throws {
        guard !faults.isEmpty else { return }
        Console.standard.show(faults)
        throw ExitStatus.configuration
    }
}
