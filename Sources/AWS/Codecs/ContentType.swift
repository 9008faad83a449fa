internal import AWSModels
internal import HTTP

/// What a response says of its own kind.
///
/// The label alone refuses nothing, since services and proxies label answers wrongly; where an answer cannot be read, it
/// says why.
struct ContentType {
    /// Lower case, without parameters: `text/html`. Nil where the response does not say.
    let name: String?

    init(_ response: HTTPResponse) {
        let text = response.header("content-type")?.prefix { $0 != ";" && $0 != "," }.lowercased()
        name = text.map(ResponseDecoder.trim).flatMap { $0.isEmpty ? nil : $0 }
    }

    func isExpected(by wire: WireProtocol) -> Bool {
        guard let name else { return true }
        switch wire {
        case .query, .ec2, .restXML: return name.contains("xml")
        case .json, .restJSON: return name.contains("json")
        }
    }

    var error: AWSError {
        AWSError(
            .unexpectedContentType, "the response is `\((name ?? "").prefix(60))`, and not what the service sends",
            kind: .malformed)
    }

    /// Whether bytes begin like HTML.
    static func isPage(_ body: [UInt8]) -> Bool {
        let start = ResponseDecoder.trim(String(decoding: body.prefix(256), as: UTF8.self)).lowercased()
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }
}
