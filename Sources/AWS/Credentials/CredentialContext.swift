public import AWSModels
internal import Documents
public import HTTP

/// What sources of credentials need of the world.
public struct CredentialContext: Sendable {
    let environment: [String: String]
    /// Calls STS and IAM Identity Center; it has no credentials of its own.
    let client: AWSClient
    /// Reaches what answers on the machine itself: containers' agents, the instance's metadata. It must use no proxy,
    /// and follow no redirect.
    let direct: any HTTPTransport
    let processLimits: ChildProcess.Limits

    var now: Timestamp { client.configuration.now() }

    public init(
        environment: [String: String], transport: any HTTPTransport, direct: any HTTPTransport, models: ModelLibrary,
        configuration: AWSClient.Configuration
    ) {
        self.init(
            environment: environment, transport: transport, direct: direct, models: models,
            configuration: configuration, processLimits: ChildProcess.Limits())
    }

    init(
        environment: [String: String], transport: any HTTPTransport, direct: any HTTPTransport, models: ModelLibrary,
        configuration: AWSClient.Configuration, processLimits: ChildProcess.Limits
    ) {
        self.environment = environment
        self.direct = direct
        self.processLimits = processLimits
        client = AWSClient(
            transport: transport, models: models, credentials: NoCredentials(), configuration: configuration)
    }

    /// A variable; nil where it is empty.
    subscript(name: String) -> String? { environment.filled(name) }

    /// Where STS is asked for a role: in the region of the environment, else of the profile, else where the role's
    /// partition answers what has no region.
    func region(profile: String? = nil, role: String) -> String {
        if let region = self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] ?? profile { return region }
        let partition = role.split(separator: ":").dropFirst().first.map(String.init) ?? "aws"
        return (try? client.models.endpoints())?.partition(partition)?.implicitGlobalRegion ?? "us-east-1"
    }
}

extension [String: String] {
    /// The value; nil where it is empty.
    func filled(_ name: String) -> String? {
        guard let text = self[name], !text.isEmpty else { return nil }
        return text
    }
}

/// Stands where only calls without a signature are made.
struct NoCredentials: CredentialProvider {
    func credentials() async throws(AWSError) -> Credentials {
        throw AWSError(.noCredentials, "there are no credentials here", kind: .credentials)
    }
}
