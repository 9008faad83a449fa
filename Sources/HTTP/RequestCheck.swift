/// Refuses requests that cannot be sent safely.
enum RequestCheck {
    /// Host and port of the request.
    static func host(_ request: HTTPRequest) throws(HTTPError) -> String {
        guard let range = request.url.firstRange(of: "://") else {
            throw HTTPError(.invalidRequest, "the URL has no scheme")
        }
        let rest = request.url[range.upperBound...]
        let host = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        guard !host.isEmpty, !host.contains("@") else { throw HTTPError(.invalidRequest, "the URL has no plain host") }
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw HTTPError(.invalidRequest, "the URL for \(host) has characters that must be encoded")
        }
        guard isToken(request.method), request.headers.allSatisfy({ isToken($0.name) && isValue($0.value) }) else {
            throw HTTPError(.invalidRequest, "a header for \(host) has characters that none may have")
        }
        return host
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
    }

    private static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// Without white space at the ends.
    static func trim(_ text: some StringProtocol) -> String {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
