internal import AWS
internal import ArgumentParser
internal import Collection
internal import Documents
internal import Git
internal import HTTP
internal import Reports
internal import Resources
internal import Scanning
internal import Workspace

/// `parapet collect`
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Collects one tenant read-only into a folder, and judges nothing.",
        discussion: """
            What is collected is what a scan would collect: what the tenant's scanners and rules need. No branch is \
            touched. The folder is a snapshot for evaluate, explain and snapshot.
            """)

    @Argument(help: "The tenant.", completion: .none)
    var tenant: String

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: ArgumentHelp("The folder; it must not exist or be empty.", valueName: "dir"))
    var out: String

    @Flag(name: .shortAndLong, help: "Show every call that failed.")
    var verbose = false

    func run() async throws {
        let content = try BuiltinContent.load()
        let opened = try OpenedRepository(options)
        let configuration = try TenantConfiguration(opened, options, content)
        let selected = try configuration.tenants([tenant])
        configuration.noteUncommitted(opened.repository)
        let folder = try OutputFolder(out)
        Interrupts.shared.tell("nothing was written")
        let environment = TenantScan.Environment(
            workspace: configuration.workspace, catalog: content.catalog, endpoints: content.endpoints,
            run: RunIdentity.current(), version: Parapet.version, revision: opened.commit.description,
            digests: try SecretDigests.fromEnvironment())
        let access = try AWSAccess.started(content, try HTTPClient.started())
        let progress = ScanProgress(tenants: selected.count)
        let session = TenantSession(environment: environment, access: access, progress: progress)
        let display = ProgressDisplay(progress)
        defer { display.end() }
        for tenant in selected {
            let ended = try await session.run(tenant) { scan, client, moment, progress throws(AWSError) in
                try await scan.collect(with: client, at: moment, progress: progress)
            }
            display.end()
            ended.show(tenant.name, deadline: nil, isVerbose: verbose)
            let snapshot = ended.result
            let files = SnapshotFiles.files(of: snapshot)
            try Interrupts.shared.held(telling: "the snapshot is in `\(out)`") { () throws(CommandFailure) in
                try folder.write(files)
            }
            let console = Console.standard
            console.print(SnapshotSummary(snapshot, collectedAt: ended.moment).text(console.output))
            if !snapshot.gaps.isEmpty { throw ExitStatus.incomplete }
        }
    }
}
