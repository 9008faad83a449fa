/// Where a token comes from that STS takes for a role's credentials. It is fetched anew each time: tokens are short-lived.
protocol WebIdentityToken: Sendable {
    func fetch() async throws(AWSError) -> String
}

/// A token that something else keeps fresh in a file, as Kubernetes does.
struct WebIdentityTokenFile: WebIdentityToken {
    let path: String
    /// The setting that names the file, for messages.
    let setting: String

    func fetch() async throws(AWSError) -> String {
        let text = ResponseDecoder.trim(try FileBytes.token(path, what: setting))
        guard WebIdentityTokenFile.isToken(text) else { throw .unfit("the file that \(setting) names holds no token") }
        return text
    }

    /// Whether a text is one line of printable ASCII: tokens are JWTs.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
