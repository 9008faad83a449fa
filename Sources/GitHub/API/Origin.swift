/// Scheme, host and port: whom a token may be sent to.
struct Origin: Sendable, Equatable {
    let scheme: String
    let host: String
    let port: Int

    init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Nil for what is not a plain absolute http or https URL; a user in it makes it none.
    init?(_ url: String) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let mark = url.firstRange(of: "://")
        else { return nil }
        scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let authority = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { return nil }
        var name = authority
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            guard let port = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(port) else {
                return nil
            }
            self.port = port
            name = authority[..<colon]
        } else {
            port = scheme == "https" ? 443 : 80
        }
        host = name.lowercased()
        guard !host.isEmpty else { return nil }
    }

    var isLoopback: Bool { ["127.0.0.1", "localhost", "[::1]"].contains(host) }
}
