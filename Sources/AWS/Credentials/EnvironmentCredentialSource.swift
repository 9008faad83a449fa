/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentialSource: CredentialSource {
    private let environment: [String: String]

    public init(environment: [String: String]) { self.environment = environment }

    public var name: String { "the environment (AWS_ACCESS_KEY_ID)" }

    public func find() async throws(AWSError) -> Credentials? {
        switch (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY")) {
        case (nil, nil): return nil
        case (let key?, let secret?):
            return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
        case (_?, nil): throw Self.incomplete("AWS_ACCESS_KEY_ID", without: "AWS_SECRET_ACCESS_KEY")
        case (nil, _?): throw Self.incomplete("AWS_SECRET_ACCESS_KEY", without: "AWS_ACCESS_KEY_ID")
        }
    }

    private func value(_ name: String) -> String? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        return text
    }

    private static func incomplete(_ name: String, without missing: String) -> AWSError {
        AWSError(.invalidCredentials, "\(name) is set and \(missing) is not", kind: .credentials)
    }
}
