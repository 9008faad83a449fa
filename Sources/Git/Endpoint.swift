/// Scheme and host of a URL, in lower case.
struct Endpoint: Equatable {
    let scheme: String
    /// With the port, without the user.
    let host: String

    init(_ url: String) {
        let url = Redaction.clean(url)
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        scheme = parts.count == 2 ? parts[0].lowercased() : ""
        host = parts.count == 2 ? String(parts[1].prefix { !"/?#".contains($0) }).lowercased() : ""
    }

    /// Whether the host that asks is this one: a remote can send its visitors elsewhere.
    func mayReceiveToken(_ url: String) -> Bool {
        let other = Endpoint(url)
        guard self == other else { return false }
        if scheme == "https" { return true }
        let name = host.prefix { $0 != ":" }
        return scheme == "http" && (name == "localhost" || name == "127.0.0.1")
    }
}
