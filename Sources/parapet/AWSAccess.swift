internal import AWS
internal import AWSModels
internal import Collection
internal import Documents
internal import HTTP
internal import Scanning
internal import Workspace

/// From the caller's own credentials to a tenant's: the role is always assumed with its ExternalId.
struct AWSAccess {
    private let base: AWSClient

    init(http: HTTPClient, models: ModelLibrary) throws(HTTPError) {
        let environment = ProcessEnvironment.current()
        let configuration = AWSClient.Configuration(environment: environment)
        let direct = try HTTPClient(
            configuration: HTTPConfiguration(maximumConnections: 4, maximumBodySize: 64 << 10, usesProxy: false))
        let chain = CredentialChain(
            CredentialContext(
                environment: environment, transport: http, direct: direct, models: models,
                configuration: configuration))
        base = AWSClient(transport: http, models: models, credentials: chain, configuration: configuration)
    }

    /// Access for a command, or what ends it.
    static func started(_ content: BuiltinContent, _ http: HTTPClient) throws(CommandFailure) -> AWSAccess {
        do {
            return try AWSAccess(http: http, models: content.models)
        } catch {
            throw CommandFailure(.defect, "the HTTP client does not start: \(error)")
        }
    }

    /// A client with the tenant's credentials, for a scan at `moment`; all its calls fail when its time is over.
    /// Throws where the role cannot be assumed.
    func client(
        for scan: TenantScan, at moment: Timestamp, endingAfter time: Duration?
    ) async throws(AWSError) -> TenantClient {
        let provider = base.roleProvider(
            try scan.roleSession(at: moment, models: base.models), region: scan.sessionRegion)
        _ = try await provider.credentials()
        return TenantClient(client: base.using(provider, account: scan.tenant.account, endingAfter: time))
    }
}

/// A tenant's client, as collection needs it.
struct TenantClient: APICaller {
    let client: AWSClient

    /// Calls made for this tenant.
    var callCount: Int { client.statistics.counts.calls }

    func answer(_ service: String, _ operation: String, _ input: JSON, region: String) async throws(AWSError) -> JSON {
        try await client.callAllPages(service, operation, input, region: region)
    }
}
