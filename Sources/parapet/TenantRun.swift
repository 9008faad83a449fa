internal import AWS
internal import Collection
internal import Documents
internal import Git
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
        let moment = Timestamp.now()
        let (outcome, client) = try await TenantSession(tenant, environment, access, isVerbose: isVerbose)
            .run(progress, at: moment) { scan, client throws(AWSError) in
                try await scan.run(with: client, at: moment, progress: progress)
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

    private func status(of outcome: ScanOutcome) -> ExitStatus {
        let gate = environment.workspace.settings.gate
        var statuses: [ExitStatus] = []
        if outcome.posture.unknownCount > gate.maxUnknown { statuses.append(.incomplete) }
        if let threshold = gate.failOn, outcome.posture.findings.contains(where: { $0.severity >= threshold }) {
            statuses.append(.findings)
        }
        return ExitStatus.worst(statuses)
    }
}
