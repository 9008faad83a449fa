internal import AWS
internal import Collection
internal import Documents
internal import Git
internal import Posture
internal import Resources
internal import Rules
internal import Scanning
internal import Workspace

/// What becomes of a tenant's results: they land, and the user sees them. One tenant at a time.
struct TenantArrival {
    let environment: TenantScan.Environment
    /// Nil where nothing lands.
    let landing: Landing?
    let selection: ScanSelection?
    let deadline: TimeLimit?
    let isVerbose: Bool

    /// Nil where the tenant does not have the only resource that was asked for.
    ///
    /// - Parameter landed: the tenants whose results have landed already.
    func take(
        _ tenant: Tenant, _ ended: TenantSession.Ended<ScanOutcome>, after landed: [String]
    ) throws(CommandFailure) -> ExitStatus? {
        let console = Console.standard
        ended.show(tenant.name, deadline: deadline, isVerbose: isVerbose)
        let outcome = ended.result
        if let arn = selection?.arn, !outcome.snapshot.hasResource(arn), outcome.posture.unknowns.isEmpty {
            return nil
        }
        let landing = try landing.map { landing throws(CommandFailure) in
            try land(tenant, ended, on: landing, after: landed)
        }
        let summary = ScanSummary(
            outcome: outcome, landed: landing, branches: Branches(environment.workspace.settings),
            idleScanners: environment.workspace.idleScanners(of: tenant), isVerbose: isVerbose, style: console.output)
        console.endProgress()
        console.print(summary.text())
        return status(ended)
    }

    private func land(
        _ tenant: Tenant, _ ended: TenantSession.Ended<ScanOutcome>, on landing: Landing, after landed: [String]
    ) throws(CommandFailure) -> Landed {
        let origin = ScanOutcome.Origin(
            run: environment.run, version: environment.version, revision: environment.revision,
            calls: ended.calls.calls, errors: ended.progress.failures.values.reduce(0, +))
        do {
            return try Interrupts.shared.held(telling: Self.outcome(landed: landed + [tenant.name])) {
                () throws(GitError) in try landing.land(ended.result.record(origin), at: ended.moment.seconds)
            }
        } catch {
            throw CommandFailure(
                .outside, "the results of \(tenant.name) did not land: \(error.message)",
                help: error.help ?? "`--no-push` keeps the results here")
        }
    }

    private static let fewTenants = 5

    /// What is said of a scan that is interrupted.
    static func outcome(landed: [String]) -> String {
        guard !landed.isEmpty else { return "nothing has landed" }
        let names = landed.count > fewTenants ? count(landed.count, "tenant") : landed.joined(separator: ", ")
        return "the results of \(names) have landed, and nothing else"
    }

    private func status(_ ended: TenantSession.Ended<ScanOutcome>) -> ExitStatus {
        let gate = environment.workspace.settings.gate
        let posture = ended.result.posture
        var statuses: [ExitStatus] = []
        if posture.unknownCount > gate.maxUnknown || ended.progress.isOutOfTime { statuses.append(.incomplete) }
        if let threshold = gate.failOn, posture.findings.contains(where: { $0.severity >= threshold }) {
            statuses.append(.findings)
        }
        return ExitStatus.worst(statuses)
    }
}

extension TenantSession {
    /// Collects and judges a tenant.
    func judged(_ tenant: Tenant) async -> Result<Ended<ScanOutcome>, CommandFailure> {
        do throws(CommandFailure) {
            return .success(
                try await run(tenant) { scan, client, moment, progress throws(AWSError) in
                    try await scan.run(with: client, at: moment, progress: progress)
                })
        } catch {
            return .failure(error)
        }
    }
}
