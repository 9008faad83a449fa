/// The keys of a profile in the shared credentials file.
public struct SharedFileCredentialSource: CredentialSource {
    private let path: String?
    private let profile: String
    /// Whether the profile was asked for by name.
    private let isNamed: Bool

    /// `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/credentials`; `AWS_PROFILE`, or `default`.
    public init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            return text
        }
        path = value("AWS_SHARED_CREDENTIALS_FILE") ?? value("HOME").map { $0 + "/.aws/credentials" }
        isNamed = value("AWS_PROFILE") != nil
        profile = value("AWS_PROFILE") ?? "default"
    }

    public var name: String { "profile `\(profile)` in \(path ?? "~/.aws/credentials")" }

    public func find() async throws(AWSError) -> Credentials? {
        guard let path, let bytes = FileBytes.read(path) else { return nil }
        guard let values = SharedFile(text: String(decoding: bytes, as: UTF8.self)).sections[profile] else {
            return nil
        }
        switch (values["aws_access_key_id"], values["aws_secret_access_key"]) {
        case (nil, nil): return nil
        case (let key?, let secret?):
            return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: values["aws_session_token"])
        default:
            throw AWSError(
                .invalidCredentials, "\(name) has only one of aws_access_key_id and aws_secret_access_key",
                kind: .credentials)
        }
    }
}
