import GitHub
import HTTP
import Synchronization

/// Moves the pull request's head once a comment was tried.
final class HeadMover: HTTPTransport {
    private let http: HTTPClient
    private let hasMoved = Mutex(false)

    init(_ stage: Stage) { http = stage.http }

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse {
        var response = try await http.send(request, timeouts: timeouts)
        if request.method == "POST" { hasMoved.withLock { $0 = true } }
        if hasMoved.withLock({ $0 }), request.url.hasSuffix("/pulls/7") {
            let text = String(decoding: response.body, as: UTF8.self)
            response.body = Array(text.replacing(Seed.head, with: String(repeating: "d", count: 40)).utf8)
        }
        return response
    }
}
