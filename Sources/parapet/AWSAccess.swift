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

    init(http: HTTPClient, models: ModelLibrary) {
        let environment = ProcessEnvironment.current()
        base = AWSClient(
            transport: http, models: models, credentials: CredentialChain(environment: environment),
            configuration: AWSClient.Configuration(environment: environment))
    }

    /// A client with the tenant's credentials. Throws where the role cannot be assumed.
    func client(for scan: TenantScan, run: String) async throws(AWSError) -> TenantClient {
        let provider = base.roleProvider(
            scan.tenant.role, externalID: scan.tenant.externalID, sessionName: "parapet-\(run)",
            policyARNs: scan.sessionPolicies, region: scan.sessionRegion)
        _ = try await provider.credentials()
        return TenantClient(client: base.using(provider), callsBefore: base.statistics.counts.calls)
    }
}

/// A tenant's client, as collection needs it.
struct TenantClient: APICaller {
    let client: AWSClient
    let callsBefore: Int

    /// Calls made for this tenant.
    var callCount: Int { client.statistics.counts.calls - callsBefore }

    func answer(_ service: String, _ operation: String, _ input: JSON, region: String) async throws(AWSError) -> JSON {
        try await client.callAllPages(service, operation, input, region: region)
    }
}
