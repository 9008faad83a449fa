import Foundation
import Synchronization
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
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = self.listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(bound)
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/a.git"
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
