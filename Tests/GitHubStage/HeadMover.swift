package import HTTP
internal import Synchronization

/// Moves the pull request's head once a request was sent: a write, or one whose address holds a text.
package final class HeadMover: HTTPTransport {
    private let http: HTTPClient
    private let part: String?
    private let hasMoved = Mutex(false)

    package init(_ stage: Stage, after part: String? = nil) {
        http = stage.http
        self.part = part
    }

    package func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse {
        var response = try await http.send(request, timeouts: timeouts)
        if part.map(request.url.contains) ?? (request.method == "POST") { hasMoved.withLock { $0 = true } }
        if hasMoved.withLock({ $0 }), request.url.hasSuffix("/pulls/7") {
            let text = String(decoding: response.body, as: UTF8.self)
            response.body = Array(text.replacing(Seed.head, with: String(repeating: "d", count: 40)).utf8)
        }
        return response
    }
}
