internal import AWS
internal import Collection
internal import Documents
internal import Glibc
internal import Resources
internal import Scanning
internal import Workspace

/// Work on a tenant's account under its role. It prints nothing: several can be under way at once.
struct TenantSession {
    let environment: TenantScan.Environment
    let access: AWSAccess
    /// What is shown meanwhile.
    let progress: ScanProgress
    /// Nil for whole scans.
    var selection: ScanSelection?
    /// How long each tenant may take.
    var deadline: TimeLimit?

    /// What came of the work on a tenant.
    struct Ended<Result: Sendable>: Sendable {
        var result: Result
        /// When it began.
        var moment: Timestamp
        /// The tenant's own numbers.
        var calls: CallStatistics.Counts
        var progress: CollectionProgress
    }

    /// Takes on the role and does the work.
    func run<Result: Sendable>(
        _ tenant: Tenant,
        _ work: (TenantScan, TenantClient, Timestamp, CollectionProgress) async throws(AWSError) -> Result
    ) async throws(CommandFailure) -> Ended<Result> {
        let collection = CollectionProgress()
        let moment = Timestamp.now()
        defer { progress.end(tenant.name) }
        do {
            let scan = try TenantScan(tenant, in: environment, selection: selection)
            let client = try await access.client(for: scan, at: moment, endingAfter: deadline?.duration)
            progress.begin(tenant.name, collection, client.client.statistics)
            let result = try await work(scan, client, moment, collection)
            return Ended(
                result: result, moment: moment, calls: client.client.statistics.counts, progress: collection)
        } catch {
            throw failure(error, tenant)
        }
    }

    private static let unreachable: Set<AWSError.Code> = [
        .networkFailure, .hostNotFound, .requestTimeout, .tlsFailure,
    ]

    private func failure(_ error: AWSError, _ tenant: Tenant) -> CommandFailure {
        let what = "tenant \(tenant.name) was not collected: \(error)"
        switch (error.kind, error.operation) {
        case (_, _) where error.code == .tenantDeadline: return CommandFailure(.incomplete, what)
        case (.denied, "AssumeRole"):
            return CommandFailure(
                .incomplete, what,
                help:
                    "let \(tenant.role) trust the caller with the condition sts:ExternalId = the tenant's external_id, "
                    + "and allow the caller sts:AssumeRole on it")
        // A token service that cannot be reached is no fault of the credentials.
        case (.credentials, _) where Self.unreachable.contains(error.code): return CommandFailure(.outside, what)
        case (.credentials, _):
            return CommandFailure(
                .incomplete, what,
                help: "docs/credentials.md says where credentials are looked for, in which order")
        case (.denied, _): return CommandFailure(.incomplete, what)
        default: return CommandFailure(.outside, what)
        }
    }
}

extension TenantSession.Ended {
    /// Says what else is to be known of a tenant: that its time was over, and where asked for, which calls failed.
    func show(_ tenant: String, deadline: TimeLimit?, isVerbose: Bool) {
        let console = Console.standard
        if let deadline, progress.isOutOfTime {
            console.warning(
                "tenant \(tenant) was not collected to its end: the deadline of \(deadline) is over; what is missing is "
                    + "unknown")
        }
        for (region, off) in progress.regionsOff.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            console.warning("tenant \(tenant): \(off.words(region))")
        }
        for missing in progress.missingServices.sorted(by: { ($0.region, $0.service) < ($1.region, $1.service) })
        where progress.regionsOff[missing.region] == nil {
            console.warning(
                "tenant \(tenant): \(missing.service) cannot be reached in \(missing.region) (\(missing.code)); what it "
                    + "has there is unknown")
        }
        guard isVerbose else { return }
        for (call, times) in progress.failures.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            console.note("  \(tenant): \(times) × \(call)")
        }
    }
}

extension RegionOff {
    fileprivate func words(_ region: String) -> String {
        switch state {
        case .notEnabled:
            "the account has not enabled \(region) (\(codes.sorted().joined(separator: ", "))); what it has there is "
                + "unknown"
        case .denied: "a service control policy denies everything in \(region); what it has there is unknown"
        }
    }
}

extension Timestamp {
    /// The wall clock, to the second; read once a tenant.
    static func now() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
