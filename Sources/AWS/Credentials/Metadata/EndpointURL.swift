internal import Glibc

/// The scheme and the host of a URL, read more strictly than any client reads them, so that no two can differ.
struct EndpointURL {
    /// As it was given.
    let text: String
    let isHTTPS: Bool
    /// Without the brackets of an IPv6 address.
    let host: String

    /// Nil for another scheme, a user, a fragment, or a character that has to be encoded.
    init?(_ text: String) {
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0) }),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return nil }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        let host: Substring
        var port: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end]
            port = authority[authority.index(after: end)...]
            guard Self.address(AF_INET6, host) != nil else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            port = authority[host.endIndex...]
            guard !host.isEmpty, host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) })
            else { return nil }
        }
        if !port.isEmpty {
            guard port.removeFirst() == ":", let number = UInt16(port), number > 0 else { return nil }
        }
        self.text = text
        self.host = String(host)
        isHTTPS = scheme == "https://"
    }

    /// 127.0.0.0/8, ::1 and `localhost`.
    var isLoopback: Bool {
        host.lowercased() == "localhost" || Self.address(AF_INET, host)?.first == 127
            || isAddress("::1")
    }

    /// Whether the host is an IP address, however it is written.
    func isAddress(_ address: String) -> Bool {
        [AF_INET, AF_INET6].contains { family in
            Self.address(family, address).map { $0 == Self.address(family, host) } ?? false
        }
    }

    /// The bytes of an address; nil where the text is none.
    private static func address(_ family: Int32, _ text: some StringProtocol) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(family, String(text), &bytes) == 1 else { return nil }
        return Array(bytes.prefix(family == AF_INET ? 4 : 16))
    }
}
