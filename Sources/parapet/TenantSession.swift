internal import AWS
internal import Collection
internal import Documents
internal import Glibc
internal import Scanning
internal import Workspace

/// Work on a tenant's account under its role, with what the user sees on the way.
struct TenantSession {
    private let tenant: Tenant
    private let environment: TenantScan.Environment
    private let access: AWSAccess
    private let isVerbose: Bool

    init(_ tenant: Tenant, _ environment: TenantScan.Environment, _ access: AWSAccess, isVerbose: Bool) {
        self.tenant = tenant
        self.environment = environment
        self.access = access
        self.isVerbose = isVerbose
    }

    /// Takes on the role and does the work; shows progress, and calls that failed where they are asked for.
    func run<Result: Sendable>(
        _ progress: CollectionProgress, at moment: Timestamp,
        _ work: (TenantScan, TenantClient) async throws(AWSError) -> Result
    ) async throws(CommandFailure) -> (Result, TenantClient) {
        let console = Console.standard
        do {
            let scan = try TenantScan(tenant, in: environment)
            let client = try await access.client(for: scan, at: moment)
            let name = tenant.name
            let ticker = Task { await Self.show(progress, client, name) }
            defer { ticker.cancel() }
            let result = try await work(scan, client)
            console.endProgress()
            if isVerbose {
                for (call, times) in progress.failures.sorted(by: { $0.key < $1.key }) {
                    console.note("  \(times) × \(call)")
                }
            }
            return (result, client)
        } catch {
            throw failure(error)
        }
    }

    private static let unreachable: Set<AWSError.Code> = [.networkFailure, .requestTimeout, .tlsFailure]

    private func failure(_ error: AWSError) -> CommandFailure {
        let what = "tenant \(tenant.name) was not collected: \(error)"
        switch (error.kind, error.operation) {
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

    private static func show(_ progress: CollectionProgress, _ client: TenantClient, _ name: String) async {
        while !Task.isCancelled {
            Console.standard.progress("scanning \(name): \(progress.resources) resources, \(client.callCount) calls")
            try? await Task.sleep(for: .milliseconds(200))
        }
    }
}

extension Timestamp {
    /// The wall clock, to the second; read once a tenant.
    static func now() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
