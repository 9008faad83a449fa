internal import ArgumentParser

/// `parapet snapshot`
struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Shows snapshots, compares them, and makes them of what AWS Config recorded.",
        discussion: """
            A snapshot is a file with one resource a line (NDJSON), a file with a JSON array of resources, a folder of \
            the snapshots branch, or REV:FOLDER in the repository, such as parapet/snapshots:prod.
            """,
        subcommands: [Show.self, Diff.self, Import.self])
}
