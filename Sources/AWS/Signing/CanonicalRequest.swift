internal import Documents

/// The form of a request that is signed.
struct CanonicalRequest {
    let text: String
    /// Names of the signed headers: lower case, sorted, joined by `;`.
    let signedHeaders: String

    init(_ request: SignableRequest, rules: SigV4Signer.Rules, payloadHash: String) {
        var values: [String: [String]] = [:]
        for header in request.headers {
            values[Self.trim(header.name.lowercased()), default: []].append(Self.collapse(header.value))
        }
        let names = values.keys.sorted { $0.precedesByBytes($1) }
        signedHeaders = names.joined(separator: ";")
        var path = rules.normalizesPath ? Self.normalize(request.path) : request.path
        if rules.encodesPathTwice { path = PercentEncoding.encode(path, keepingSlashes: true) }
        let headers = names.map { "\($0):\(values[$0, default: []].joined(separator: ","))\n" }.joined()
        text = [
            request.method, path.isEmpty ? "/" : path, Self.query(request.query), headers, signedHeaders, payloadHash,
        ].joined(separator: "\n")
    }

    /// Sorted by encoded name, then by encoded value.
    private static func query(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { $0.0 == $1.0 ? $0.1.precedesByBytes($1.1) : $0.0.precedesByBytes($1.0) }
            .map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
    }

    /// Takes out empty, `.` and `..` segments.
    private static func normalize(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment != ".." { segments.append(segment) } else { _ = segments.popLast() }
        }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.joined(separator: "/") + (isFolder && !segments.isEmpty ? "/" : "")
    }

    private static func trim(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined()
    }

    /// Runs of white space become one space; those at the ends go.
    private static func collapse(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
