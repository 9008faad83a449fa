public import HTTP

/// Who can read a repository: asked before anything is pushed to it.
public enum RepositoryVisibility: Sendable, Equatable {
    /// Not readable without credentials.
    case restricted
    case `public`
    /// It could not be found out, for the reason given.
    case unknown(String)

    /// Asks GitHub without credentials: what anyone can read is public. A folder on this machine is restricted.
    ///
    /// - Parameter api: the root of the REST API of a GitHub Enterprise server; nil for github.com.
    public static func of(remote url: String, api: String?, server: String?, using http: any HTTPTransport) async
        -> RepositoryVisibility
    {
        guard let remote = GitRemote(url) else { return .restricted }
        let host = server.flatMap { GitRemote($0 + "/x/x")?.host } ?? "github.com"
        guard remote.host == host, let name = remote.repository else {
            return .unknown("`\(remote.host)` is no GitHub server that this program can ask")
        }
        let root = api ?? "https://api.github.com"
        let request = HTTPRequest(
            method: "GET", url: "\(root)/repos/\(name)",
            headers: [
                ("Accept", "application/vnd.github+json"), ("User-Agent", "parapet"),
                ("X-GitHub-Api-Version", "2022-11-28"),
            ])
        do {
            switch try await http.send(request, timeouts: HTTPTimeouts()).status {
            case 200: return .public
            case 404: return .restricted
            case let status: return .unknown("`\(host)` answered \(status)")
            }
        } catch {
            return .unknown("\(error)")
        }
    }
}

/// A remote's URL in its parts: `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name`.
struct GitRemote: Equatable {
    var host: String
    /// `owner/name`
    var repository: String?

    /// Nil for a folder on this machine.
    init?(_ url: String) {
        let rest: Substring
        if let scheme = ["https://", "http://", "ssh://", "git://"].first(where: url.hasPrefix) {
            let authority = url.dropFirst(scheme.count)
            let slash = authority.firstIndex(of: "/") ?? authority.endIndex
            host = Self.host(authority[..<slash])
            rest = authority[slash...]
        } else if !url.hasPrefix("/"), !url.hasPrefix("."), !url.hasPrefix("file:"), let colon = url.firstIndex(of: ":")
        {
            host = Self.host(url[..<colon])
            rest = url[url.index(after: colon)...]
        } else {
            return nil
        }
        var parts = rest.split(separator: "/").map(String.init)
        if let last = parts.last, last.hasSuffix(".git") { parts[parts.count - 1] = String(last.dropLast(4)) }
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part != ".."
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        }
        repository = parts.count == 2 && isPlain ? parts.joined(separator: "/") : nil
    }

    /// Without user and port, in lower case.
    private static func host(_ authority: Substring) -> String {
        let afterUser = authority.split(separator: "@").last ?? authority
        return String(afterUser.split(separator: ":").first ?? afterUser).lowercased()
    }
}
