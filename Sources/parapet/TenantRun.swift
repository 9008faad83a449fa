internal import AWS
internal import Collection
internal import Documents
internal import Git
internal import Glibc
internal import Posture
internal import Rules
internal import Scanning
internal import Workspace

/// One tenant from the role to the commit, with what the user sees on the way.
struct TenantRun {
    private let tenant: Tenant
    private let environment: TenantScan.Environment
    private let access: AWSAccess
    private let landing: Landing
    private let isVerbose: Bool

    init(
        _ tenant: Tenant, _ environment: TenantScan.Environment, _ access: AWSAccess, landing: Landing, isVerbose: Bool
    ) {
        self.tenant = tenant
        self.environment = environment
        self.access = access
        self.landing = landing
        self.isVerbose = isVerbose
    }

    func run() async throws -> (outcome: ScanOutcome, status: ExitStatus) {
        let console = Console.standard
        let progress = CollectionProgress()
        let moment = Self.now()
        let (outcome, client) = try await collect(at: moment, progress)
        console.endProgress()
        if isVerbose {
            for (call, times) in progress.failures.sorted(by: { $0.key < $1.key }) {
                console.note("  \(times) × \(call)")
            }
        }
        let origin = ScanOutcome.Origin(
            run: environment.run, version: environment.version, revision: environment.revision, calls: client.callCount,
            errors: progress.failures.values.reduce(0, +))
        let landed: Landed
        do {
            landed = try Interrupts.held { () throws(GitError) in
                try landing.land(outcome.record(origin), at: moment.seconds)
            }
        } catch {
            throw CommandFailure(
                .outside, "the results of \(tenant.name) did not land: \(error.message)",
                help: error.help ?? "`--no-push` keeps the results here")
        }
        let summary = ScanSummary(
            outcome: outcome, landed: landed, branches: Branches(environment.workspace.settings),
            idleScanners: environment.workspace.idleScanners(of: tenant), isVerbose: isVerbose, style: console.output)
        console.print(summary.text())
        return (outcome, status(of: outcome))
    }

    /// Takes on the tenant's role, collects and judges.
    private func collect(
        at moment: Timestamp, _ progress: CollectionProgress
    ) async throws(CommandFailure) -> (ScanOutcome, TenantClient) {
        do {
            let scan = try TenantScan(tenant, in: environment)
            let client = try await access.client(for: scan, at: moment)
            let name = tenant.name
            let ticker = Task { await Self.show(progress, client, name) }
            defer { ticker.cancel() }
            return (try await scan.run(with: client, at: moment, progress: progress), client)
        } catch {
            throw Self.failure(error, tenant)
        }
    }

    private func status(of outcome: ScanOutcome) -> ExitStatus {
        let gate = environment.workspace.settings.gate
        var statuses: [ExitStatus] = []
        if outcome.posture.unknownCount > gate.maxUnknown { statuses.append(.incomplete) }
        if let threshold = gate.failOn, outcome.posture.findings.contains(where: { $0.severity >= threshold }) {
            statuses.append(.findings)
        }
        return ExitStatus.worst(statuses)
    }

    private static let unreachable: Set<AWSError.Code> = [.networkFailure, .requestTimeout, .tlsFailure]

    private static func failure(_ error: AWSError, _ tenant: Tenant) -> CommandFailure {
        let what = "tenant \(tenant.name) was not collected: \(error)"
        switch (error.kind, error.operation) {
        case (.denied, "AssumeRole"):
            return CommandFailure(
                .incomplete, what,
                help:
                    "let \(tenant.role) trust the caller with the condition sts:ExternalId = the tenant's external_id, "
                    + "and allow the caller sts:AssumeRole on it")
        // A token service that cannot be reached is no fault of the credentials.
        case (.credentials, _) where unreachable.contains(error.code): return CommandFailure(.outside, what)
        case (.credentials, _):
            return CommandFailure(
                .incomplete, what,
                help: "docs/credentials.md says where credentials are looked for, in which order")
        case (.denied, _): return CommandFailure(.incomplete, what)
        default: return CommandFailure(.outside, what)
        }
    }

    private static func show(_ progress: CollectionProgress, _ client: TenantClient, _ name: String) async {
        while !Task.isCancelled {
            Console.standard.progress("scanning \(name): \(progress.resources) resources, \(client.callCount) calls")
            try? await Task.sleep(for: .milliseconds(200))
        }
    }

    /// The wall clock, read once a scan, to the second.
    private static func now() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
