internal import ArgumentParser
internal import Collection
internal import Documents
internal import Git
internal import HTTP
internal import Reports
internal import Scanning
internal import Workspace

/// `parapet scan`
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Collects tenants read-only, judges them, and commits findings and reports.",
        discussion: """
            Each tenant's role is assumed with its ExternalId. The credentials for that come from the first of: the \
            environment (AWS_ACCESS_KEY_ID), the profile that AWS_PROFILE names, a web identity \
            (AWS_WEB_IDENTITY_TOKEN_FILE, or GitHub Actions with AWS_ROLE_ARN), the profile `default`, the container, \
            the EC2 instance (IMDSv2). Snapshot, results and journal land on branches of their own; the working tree is not \
            touched. Where the repository has a remote `origin`, the branches are fetched first and pushed afterwards.
            """)

    @Argument(help: "The tenants; all of them where none is named.", completion: .none)
    var tenants: [String] = []

    @OptionGroup var options: RepositoryOptions

    @Flag(name: .long, help: "Keep the results here: neither fetch nor push.")
    var noPush = false

    @Option(name: .long, help: ArgumentHelp("Also write every decision to a file, as NDJSON.", valueName: "file"))
    var verdicts: String?

    @Flag(name: .shortAndLong, help: "Show every finding, and every call that failed.")
    var verbose = false

    func run() async throws {
        let console = Console.standard
        let content = try BuiltinContent.load()
        let opened = try OpenedRepository(options)
        let configuration = try TenantConfiguration(opened, options, content)
        let workspace = configuration.workspace
        let selected = try configuration.tenants(tenants)
        configuration.noteUncommitted(opened.repository)

        let http = try HTTPClient.started()
        let remote = try await PushTarget.find(
            for: opened.repository, isWanted: !noPush, settings: workspace.settings, http)
        let landing = Landing(opened.repository, branches: Branches(workspace.settings), remote: remote)
        do {
            try Interrupts.held { () throws(GitError) in try landing.check() }
        } catch {
            throw CommandFailure(error)
        }

        let environment = TenantScan.Environment(
            workspace: workspace, catalog: content.catalog, endpoints: content.endpoints, run: RunIdentity.current(),
            version: Parapet.version, revision: opened.commit.description, digests: try SecretDigests.fromEnvironment())
        let account = try AWSAccess.started(content, http)
        var statuses: [ExitStatus] = []
        var verdictLines: [UInt8] = []
        for tenant in selected {
            do {
                let run = try await TenantRun(tenant, environment, account, landing: landing, isVerbose: verbose).run()
                statuses.append(run.status)
                if verdicts != nil { verdictLines += VerdictsNDJSON.render(run.outcome.verdicts) }
            } catch let failure as CommandFailure {
                console.endProgress()
                console.error(failure.message, help: failure.help)
                statuses.append(failure.status)
            }
        }
        if let verdicts { try OutputFile.write(verdictLines, to: verdicts) }
        let status = ExitStatus.worst(statuses)
        if status != .good { throw status }
    }
}
