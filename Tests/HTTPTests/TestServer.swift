import Foundation
import Synchronization
import TestSupport

/// A server on the loopback interface that answers by path, for tests.
final class TestServer: Sendable {
    let port: Int
    private let socket: Int32
    private let connections = Mutex(0)
    private let requests = Mutex<[String]>([])
    private let sent = Mutex(0)
    private let busy = Mutex(0)

    /// How many connections were accepted.
    var connectionCount: Int { connections.withLock { $0 } }
    /// How many bytes of huge bodies the system took.
    var bodyBytes: Int { sent.withLock { $0 } }
    /// Whether no huge body is being sent.
    var isIdle: Bool { busy.withLock { $0 == 0 } }
    /// The heads of all requests.
    var heads: [String] { requests.withLock { $0 } }

    init() throws {
        (socket, port) = try Loopback.listen()
        Thread.detachNewThread { [self] in acceptAll() }
    }

    func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

    private func acceptAll() {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { return }
            connections.withLock { $0 += 1 }
            Thread.detachNewThread { [self] in serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        while let head = readHead(connection) {
            requests.withLock { $0.append(head) }
            let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
            guard answer(path, head, connection) else { return }
        }
    }

    /// False ends the connection.
    private func answer(_ path: String, _ head: String, _ connection: Int32) -> Bool {
        switch path.split(separator: "?").first {
        case "/close": return false
        case "/partial":
            write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", connection)
            return false
        case "/partial-chunks":
            write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort", connection)
            return false
        case "/reset":
            write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n", connection)
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            return false
        case "/drip":
            write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", connection)
            for _ in 0..<50 {
                guard write("0123", connection) else { break }
                Thread.sleep(forTimeInterval: 0.1)
            }
            return false
        case "/silent":
            Thread.sleep(forTimeInterval: 5)
            return false
        case "/huge":
            write("HTTP/1.1 200 OK\r\nContent-Length: \(200 << 20)\r\n\r\n", connection)
            flood(String(repeating: "x", count: 1 << 20), connection)
            return false
        case "/huge-chunks":
            write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", connection)
            flood("100000\r\n" + String(repeating: "x", count: 1 << 20) + "\r\n", connection)
            return false
        case "/huge-open":
            write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", connection)
            flood(String(repeating: "x", count: 1 << 20), connection)
            return false
        case "/slow":
            write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", connection)
            Thread.sleep(forTimeInterval: 5)
            return false
        case "/large":
            write("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + String(repeating: "x", count: 4_000), connection)
        case "/redirect":
            write("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n", connection)
        case "/echo":
            let body = readBody(head, connection)
            write("HTTP/1.1 201 Created\r\nX-Method: \(head.prefix { $0 != " " })\r\n", connection)
            write("Content-Length: \(body.count)\r\n\r\n", connection)
            write(String(decoding: body, as: UTF8.self), connection)
        default:
            write("HTTP/1.1 200 OK\r\nX-Test: a:b \r\nContent-Length: 2\r\n\r\nok", connection)
        }
        return true
    }

    private func readHead(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) == 1 {
            bytes.append(byte)
            if bytes.suffix(4) == [13, 10, 13, 10] { return String(decoding: bytes, as: UTF8.self) }
        }
        return nil
    }

    private func readBody(_ head: String, _ connection: Int32) -> [UInt8] {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let length = line.flatMap { Int($0.drop { $0 != " " }.dropFirst()) } ?? 0
        var bytes = [UInt8](repeating: 0, count: length)
        var count = 0
        while count < length {
            let got = bytes.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress.map { $0 + count }, length - count, 0)
            }
            guard got > 0 else { break }
            count += got
        }
        return bytes
    }

    /// Sends a text 200 times, as long as somebody takes it.
    private func flood(_ text: String, _ connection: Int32) {
        busy.withLock { $0 += 1 }
        defer { busy.withLock { $0 -= 1 } }
        let bytes = Array(text.utf8)
        for _ in 0..<200 {
            var offset = 0
            while offset < bytes.count {
                let count = bytes[offset...].withUnsafeBytes {
                    send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                offset += count
                sent.withLock { $0 += count }
            }
        }
    }

    @discardableResult
    private func write(_ text: String, _ connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
