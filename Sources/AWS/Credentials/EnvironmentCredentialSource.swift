/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentialSource: CredentialSource {
    private let environment: [String: String]

    public init(environment: [String: String]) { self.environment = environment }

    public var name: String { "the environment" }

    public func find() async throws(AWSError) -> CredentialAnswer {
        switch (environment.filled("AWS_ACCESS_KEY_ID"), environment.filled("AWS_SECRET_ACCESS_KEY")) {
        case (nil, nil): return .nothing("AWS_ACCESS_KEY_ID is not set")
        case (let key?, let secret?):
            return .found(
                Credentials(
                    accessKeyID: key, secretAccessKey: secret, sessionToken: environment.filled("AWS_SESSION_TOKEN")))
        case (_?, nil): throw Self.incomplete("AWS_ACCESS_KEY_ID", without: "AWS_SECRET_ACCESS_KEY")
        case (nil, _?): throw Self.incomplete("AWS_SECRET_ACCESS_KEY", without: "AWS_ACCESS_KEY_ID")
        }
    }

    private static func incomplete(_ name: String, without missing: String) -> AWSError {
        .unfit("\(name) is set and \(missing) is not")
    }
}
