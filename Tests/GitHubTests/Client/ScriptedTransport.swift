import HTTP
import Synchronization

/// Answers from a list, the last again and again, and keeps what was asked.
final class ScriptedTransport: HTTPTransport {
    enum Answer: Sendable {
        case response(Int, String, [String: String])
        case failure(HTTPError.Code)

        static func json(_ body: String) -> Answer { .response(200, body, [:]) }
    }

    private let answers: Mutex<[Answer]>
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ answers: Answer...) { self.answers = Mutex(answers) }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        switch answers.withLock({ answers in answers.count > 1 ? answers.removeFirst() : answers.first }) {
        case .response(let status, let body, let headers):
            return HTTPResponse(status: status, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8))
        case .failure(let code): throw HTTPError(code, "scripted failure")
        case nil: throw HTTPError(.other, "no answer left")
        }
    }
}
