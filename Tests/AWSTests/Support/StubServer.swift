import Foundation
import Synchronization
import TestSupport

/// An HTTP server on the loopback interface that answers what a closure says, for tests.
final class StubServer: Sendable {
    struct Request: Sendable {
        let method: String
        /// With the query.
        let path: String
        /// By lower-case name.
        let headers: [String: String]
        let body: String
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = ""
        /// Seconds before it is sent.
        var delay = 0.0

        static func text(_ body: String) -> Answer { Answer(body: body) }
        static func status(_ status: Int, _ body: String = "") -> Answer { Answer(status: status, body: body) }
    }

    let url: String
    private let socket: Int32
    private let handler: @Sendable (Request) -> Answer
    private let seen = Mutex<[Request]>([])

    var requests: [Request] { seen.withLock { $0 } }

    init(_ handler: @escaping @Sendable (Request) -> Answer) throws {
        let (socket, port) = try Loopback.listen()
        self.socket = socket
        self.handler = handler
        url = "http://127.0.0.1:\(port)"
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                guard let server = self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { server.serve(connection) }
            }
        }
    }

    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    /// One request a connection.
    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.suffix(4) != [13, 10, 13, 10] {
            guard recv(connection, &byte, 1, 0) == 1 else { return }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let start = lines[0].split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        }
        var body: [UInt8] = []
        while body.count < headers["content-length"].flatMap({ Int($0) }) ?? 0, recv(connection, &byte, 1, 0) == 1 {
            body.append(byte)
        }
        let request = Request(
            method: String(start[0]), path: String(start[1]), headers: headers,
            body: String(decoding: body, as: UTF8.self))
        seen.withLock { $0.append(request) }
        let answer = handler(request)
        if answer.delay > 0 { Thread.sleep(forTimeInterval: answer.delay) }
        var text =
            "HTTP/1.1 \(answer.status) Stub\r\nConnection: close\r\nContent-Length: \(answer.body.utf8.count)\r\n"
        for (name, value) in answer.headers { text += "\(name): \(value)\r\n" }
        let output = Array((text + "\r\n" + answer.body).utf8)
        _ = send(connection, output, output.count, Int32(MSG_NOSIGNAL))
    }
}
