internal import Documents

/// Where a GitHub server answers: github.com, GitHub Enterprise Cloud at `*.ghe.com`, or an Enterprise Server with its
/// prefix `/api/v3`.
public struct GitHubAPI: Sendable, Equatable {
    /// The root of the REST API, without a slash at the end.
    public let root: String
    /// The root of the pages, without a slash at the end.
    public let server: String
    let origin: Origin

    public static let githubCom = GitHubAPI(
        root: "https://api.github.com", server: "https://github.com",
        origin: Origin(scheme: "https", host: "api.github.com", port: 443))

    private init(root: String, server: String, origin: Origin) {
        self.root = root
        self.server = server
        self.origin = origin
    }

    /// Throws `invalidConfiguration` for anything but https, and http on the loopback interface.
    public init(root: String, server: String) throws(GitHubError) {
        let root = Self.withoutSlash(root)
        let server = Self.withoutSlash(server)
        origin = try Self.checked(root, "GITHUB_API_URL")
        _ = try Self.checked(server, "GITHUB_SERVER_URL")
        self.root = root
        self.server = server
    }

    /// From `GITHUB_API_URL` and `GITHUB_SERVER_URL`, which runners set; either follows from the other.
    public init(environment: [String: String]) throws(GitHubError) {
        let root = environment["GITHUB_API_URL"].flatMap { $0.isEmpty ? nil : Self.withoutSlash($0) }
        let server = environment["GITHUB_SERVER_URL"].flatMap { $0.isEmpty ? nil : Self.withoutSlash($0) }
        switch (root, server) {
        case (nil, nil): self = .githubCom
        case (let root?, let server?): try self.init(root: root, server: server)
        case (let root?, nil): try self.init(root: root, server: Self.server(of: root))
        case (nil, let server?): try self.init(root: Self.root(of: server), server: server)
        }
    }

    /// Scheme, host and port of the root.
    var serverRoot: String {
        root.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }

    /// Where GraphQL is spoken.
    public var graphQL: String {
        root.hasSuffix("/api/v3") ? root.dropLast(3) + "/graphql" : root + "/graphql"
    }

    private static func withoutSlash(_ url: String) -> String {
        var url = url[...]
        while url.hasSuffix("/") { url = url.dropLast() }
        return String(url)
    }

    private static func root(of server: String) -> String {
        if server == "https://github.com" { return "https://api.github.com" }
        if server.hasSuffix(".ghe.com"), server.hasPrefix("https://") {
            return "https://api." + server.dropFirst("https://".count)
        }
        return server + "/api/v3"
    }

    private static func server(of root: String) -> String {
        if root.hasPrefix("https://api."), !root.hasSuffix("/api/v3") {
            return "https://" + root.dropFirst("https://api.".count)
        }
        return root.hasSuffix("/api/v3") ? String(root.dropLast("/api/v3".count)) : root
    }

    private static func checked(_ url: String, _ variable: String) throws(GitHubError) -> Origin {
        guard let origin = Origin(url), !url.contains("?"), !url.contains("#"),
            origin.scheme == "https" || origin.isLoopback
        else {
            throw GitHubError(
                .invalidConfiguration, "`\(url.inert.prefix(200))` is no address of a GitHub server",
                help: "\(variable) has to be an https URL without user, query or fragment")
        }
        return origin
    }
}
