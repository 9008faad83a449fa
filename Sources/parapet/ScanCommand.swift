internal import AWS
internal import AWSModels
internal import ArgumentParser
internal import Collection
internal import Documents
internal import Git
internal import Glibc
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
        let workspace = try load(opened, content)
        let selected = try select(from: workspace)
        noteUncommitted(opened.repository)

        let http = try httpClient()
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
        let account = try awsAccess(http, content)
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

    private func httpClient() throws(CommandFailure) -> HTTPClient {
        do {
            return try HTTPClient()
        } catch {
            throw CommandFailure(.defect, "the HTTP client does not start: \(error)")
        }
    }

    private func awsAccess(_ http: HTTPClient, _ content: BuiltinContent) throws(CommandFailure) -> AWSAccess {
        do {
            return try AWSAccess(http: http, models: content.models)
        } catch {
            throw CommandFailure(.defect, "the HTTP client does not start: \(error)")
        }
    }

    private func load(_ opened: OpenedRepository, _ content: BuiltinContent) throws -> Workspace {
        let loaded: (workspace: Workspace, diagnostics: [Diagnostic])
        do {
            loaded = try WorkspaceLoader.load(
                opened.tree, catalog: content.catalog, regions: content.endpoints.knownRegions)
        } catch {
            throw CommandFailure(.configuration, error.message)
        }
        Console.standard.show(loaded.diagnostics)
        let errors = loaded.diagnostics.count { $0.severity == .error && !$0.isOfWaiver }
        guard errors == 0 else {
            throw CommandFailure(
                .configuration,
                "nothing was scanned: \(count(errors, "error")) in the configuration at \(options.revision)")
        }
        let faulty = loaded.diagnostics.count { $0.severity == .error }
        if faulty > 0 {
            Console.standard.note("waivers with faults waive nothing, which becomes a finding; the scan goes on")
        }
        return loaded.workspace
    }

    private func select(from workspace: Workspace) throws(CommandFailure) -> [Tenant] {
        guard !workspace.tenants.isEmpty else {
            throw CommandFailure(.configuration, "there are no tenants", help: "add one below tenants/, and commit it")
        }
        for name in tenants { _ = try workspace.tenant(name) }
        return workspace.tenants.filter { tenants.isEmpty || tenants.contains($0.name) }
    }

    /// Edits that are not committed are not part of the scan: say so.
    private func noteUncommitted(_ repository: Repository) {
        let folders = ["parapet.yaml", "tenants/", "policies/", "frameworks/", "waivers/"]
        guard let changed = try? repository.changedPaths(limit: 1_000) else { return }
        let relevant = changed.filter { path in folders.contains { path.hasPrefix($0) } }
        guard let first = relevant.first else { return }
        let more = relevant.count > 1 ? " and \(relevant.count - 1) more" : ""
        Console.standard.warning(
            "\(first)\(more) has changes that are not committed; the scan uses \(options.revision)")
    }
}
