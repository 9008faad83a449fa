internal import AWSModels
internal import ArgumentParser
internal import Reference
internal import Resources
internal import Rules
internal import Workspace

/// `parapet schema`
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of a file format, by which editors complete and check files.",
        discussion: """
            Draft 2020-12. For editors with the YAML language server, write it to a file and name that file in the first \
            line of yours: # yaml-language-server: $schema=rule.schema.json. A schema knows shapes and names; whether paths \
            exist and tests pass, parapet validate and parapet test say.

            \(FileFormat.allCases.map { "\($0.rawValue): \($0.place)" }.joined(separator: "; ")).
            """)

    @Argument(
        help: ArgumentHelp(
            "rule, tenant, framework, waiver, settings, fragment, table, findings or review.", valueName: "format"))
    var format: FileFormat

    func run() throws {
        let content = try BuiltinContent.load()
        let known: KnownRules
        do {
            known = try KnownRules(content)
        } catch {
            throw CommandFailure(.defect, "the built-in rules cannot be read: \(error)")
        }
        let vocabulary = SchemaVocabulary(
            types: content.catalog.names, regions: content.endpoints.knownRegions, scanners: Vocabulary.scanners,
            rules: known.workspace.rules.map(\.rule.id), frameworks: known.workspace.frameworks.keys.sorted())
        Console.standard.print(format.schema(vocabulary))
    }
}
