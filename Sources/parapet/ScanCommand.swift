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

            Several tenants are collected at once; their results land one after the other, in the tenants' order. A \
            tenant that cannot be collected does not stop the others.
            """)

    @Argument(help: "The tenants; all of them where none is named.", completion: .none)
    var tenants: [String] = []

    @OptionGroup var options: RepositoryOptions

    @Flag(name: .long, help: "Keep the results here: neither fetch nor push.")
    var noPush = false

    @Option(name: .long, help: ArgumentHelp("Also write every decision to a file, as NDJSON.", valueName: "file"))
    var verdicts: String?

    @Option(name: .long, help: ArgumentHelp("How many tenants are collected at once.", valueName: "number"))
    var jobs = 4

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How long collecting each tenant may take: 90s, 60m, 2h. What is missing then is unknown.",
            valueName: "time"),
        transform: { text in
            guard let limit = TimeLimit(text) else {
                throw ValidationError("`\(text)` is no time of at most seven days, such as 90s, 60m or 2h")
            }
            return limit
        })
    var deadline: TimeLimit?

    @OptionGroup var log: LogOptions

    @Flag(name: .shortAndLong, help: "Show every finding, and every call that failed.")
    var verbose = false

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
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
        let progress = ScanProgress(tenants: selected.count)
        let session = TenantSession(
            environment: environment, access: try AWSAccess.started(content, http), progress: progress,
            deadline: deadline)
        let arrival = TenantArrival(environment: environment, landing: landing, deadline: deadline, isVerbose: verbose)
        let display = ProgressDisplay(progress)
        defer { display.end() }
        var statuses: [ExitStatus] = []
        var verdictLines: [UInt8] = []
        await OrderedWork.run(selected, atOnce: jobs) { tenant in
            await session.judged(tenant)
        } take: { tenant, result in
            do throws(CommandFailure) {
                let ended = try result.get()
                // Before it lands: what was found is known, even where it cannot be kept.
                if verdicts != nil { verdictLines += VerdictsNDJSON.render(ended.result.verdicts) }
                statuses.append(try arrival.take(tenant, ended))
            } catch {
                Console.standard.error(error.message, help: error.help)
                statuses.append(error.status)
            }
        }
        display.end()
        if let verdicts { try OutputFile.write(verdictLines, to: verdicts) }
        let status = ExitStatus.worst(statuses)
        if status != .good { throw status }
    }
}
