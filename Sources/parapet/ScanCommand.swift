internal import ArgumentParser
internal import Collection
internal import Documents
internal import Git
internal import HTTP
internal import Reports
internal import Resources
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

            With --rule, --service or --resource, only what these need is collected and judged, to see whether a fix has \
            worked. The result is a part, so that nothing lands on branches; the exit code is that of a scan.

            --plan makes no call: it prints those that would be made. With the last snapshot at hand, resources are \
            counted there; without it, calls for each resource count as n.
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

    @OptionGroup var part: SelectionOptions

    @Flag(name: .long, help: "Make no call; print the calls that would be made, and about how many.")
    var plan = false

    @Option(name: .long, help: "How the plan is printed: text or json.")
    var format: EvaluationFormat = .text

    @OptionGroup var log: LogOptions

    @Flag(name: .shortAndLong, help: "Show every finding, and every call that failed.")
    var verbose = false

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
        if format != .text, !plan { throw ValidationError("--format says how a plan is printed: give --plan too") }
        if plan, verdicts != nil { throw ValidationError("a plan has no verdicts to write") }
    }

    func run() async throws {
        let content = try BuiltinContent.load()
        let opened = try OpenedRepository(options)
        let configuration = try TenantConfiguration(opened, options, content)
        let workspace = configuration.workspace
        let selection = try part.selection(workspace, content.catalog)
        var selected = try configuration.tenants(tenants)
        if let selection {
            do {
                selected = try selection.tenants(among: selected, workspace, at: .now())
            } catch {
                throw CommandFailure(error)
            }
        }
        configuration.noteUncommitted(opened.repository)
        let environment = TenantScan.Environment(
            workspace: workspace, catalog: content.catalog, endpoints: content.endpoints, run: RunIdentity.current(),
            version: Parapet.version, revision: opened.commit.description, digests: try SecretDigests.fromEnvironment())
        Interrupts.shared.tell(TenantArrival.outcome(landed: []))
        if plan { return try printPlans(selected, environment, selection) }

        let http = try HTTPClient.started()
        let landing = selection == nil ? try await landing(in: opened.repository, workspace.settings, http) : nil
        let progress = ScanProgress(tenants: selected.count)
        let session = TenantSession(
            environment: environment, access: try AWSAccess.started(content, http), progress: progress,
            selection: selection, deadline: deadline)
        let arrival = TenantArrival(
            environment: environment, landing: landing, selection: selection, deadline: deadline, isVerbose: verbose)
        let display = ProgressDisplay(progress)
        defer { display.end() }
        var statuses: [ExitStatus] = []
        var isMissing: [Bool] = []
        var landed: [String] = []
        var verdictLines: [UInt8] = []
        await OrderedWork.run(selected, atOnce: jobs) { tenant in
            await session.judged(tenant)
        } take: { tenant, result in
            do throws(CommandFailure) {
                let ended = try result.get()
                // Before it lands: what was found is known, even where it cannot be kept.
                if verdicts != nil { verdictLines += VerdictsNDJSON.render(ended.result.verdicts) }
                let status = try arrival.take(tenant, ended, after: landed)
                if landing != nil { landed.append(tenant.name) }
                isMissing.append(status == nil)
                statuses.append(status ?? .good)
            } catch {
                Console.standard.error(error.message, help: error.help)
                statuses.append(error.status)
            }
        }
        display.end()
        if let arn = part.resource, !isMissing.isEmpty, isMissing.allSatisfy({ $0 }) {
            throw missing(arn, in: selected, workspace)
        }
        if let verdicts { try OutputFile.write(verdictLines, to: verdicts) }
        let status = ExitStatus.worst(statuses)
        if status != .good { throw status }
    }

    private func landing(
        in repository: Repository, _ settings: Settings, _ http: HTTPClient
    ) async throws -> Landing {
        let remote = try await PushTarget.find(for: repository, isWanted: !noPush, settings: settings, http)
        let landing = Landing(repository, branches: Branches(settings), remote: remote)
        do {
            try Interrupts.shared.held(telling: TenantArrival.outcome(landed: [])) { () throws(GitError) in
                try landing.check()
            }
        } catch {
            throw CommandFailure(error)
        }
        return landing
    }

    private func printPlans(
        _ tenants: [Tenant], _ environment: TenantScan.Environment, _ selection: ScanSelection?
    ) throws(CommandFailure) {
        let console = Console.standard
        let moment = Timestamp.now()
        var plans: [ScanPlan] = []
        for tenant in tenants {
            do {
                let earlier = LastSnapshot.read(tenant, environment.workspace, in: options)
                plans.append(
                    try TenantScan(tenant, in: environment, selection: selection).planned(at: moment, earlier: earlier))
            } catch {
                throw CommandFailure(.configuration, "tenant \(tenant.name): \(error)")
            }
        }
        switch format {
        case .json: console.print(["version": 1, "tenants": .array(plans.map(\.json))])
        case .text:
            console.print(plans.map { ScanPlanText(plan: $0, style: console.output).text() }.joined(separator: "\n\n"))
        }
    }

    private func missing(_ arn: String, in tenants: [Tenant], _ workspace: Workspace) -> CommandFailure {
        let known = tenants.compactMap { LastSnapshot.read($0, workspace, in: options) }
            .flatMap { $0.resources.values.joined().map(\.arn) }
        return CommandFailure(
            .configuration,
            "there is no resource `\(arn)` in \(tenants.map(\.name).joined(separator: ", "))",
            help: closestMatch(to: arn, among: known).map { "did you mean `\($0)`?" }
                ?? "regions that a tenant does not name are not looked at")
    }
}
