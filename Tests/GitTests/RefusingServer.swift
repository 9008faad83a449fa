import Foundation
import Synchronization
import TestSupport
import Testing

/// A web server that answers 401 to everything, and counts who sent credentials.
final class RefusingServer {
    private final class Count: Sendable {
        let value = Mutex(0)
    }

    let url: String
    private let count = Count()
    private let listener: Int32

    var authorizations: Int { count.value.withLock { $0 } }

    init() throws {
        let (listener, port) = try Loopback.listen()
        self.listener = listener
        url = "http://127.0.0.1:\(port)/a.git"
        let count = self.count
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Self.answer(client, count)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func answer(_ client: Int32, _ count: Count) {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let received = recv(client, &buffer, buffer.count, 0)
        let request = String(decoding: buffer.prefix(max(received, 0)), as: UTF8.self)
        if request.lowercased().contains("authorization:") { count.value.withLock { $0 += 1 } }
        let answer = [
            "HTTP/1.1 401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"", "Content-Length: 0",
            "Connection: close", "", "",
        ].joined(separator: "\r\n")
        send(client, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
        close(client)
    }
}
