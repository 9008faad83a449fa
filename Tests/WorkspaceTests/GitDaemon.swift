import Foundation
import Glibc
import Testing

/// Serves the repositories of a folder over `git://`, so that hooks run as they do on a server.
final class GitDaemon {
    private let process = Process()
    let url: String

    init(serving folder: String) throws {
        let port = try Self.freePort()
        url = "git://127.0.0.1:\(port)"
        process.executableURL = URL(filePath: "/usr/lib/git-core/git-daemon")
        process.arguments = [
            "--listen=127.0.0.1", "--port=\(port)", "--reuseaddr", "--export-all", "--enable=receive-pack", "--base-path=\(folder)", folder,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<200 where !Self.answers(port) { usleep(10_000) }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    private static func withSocket<Result>(
        _ port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Result
    ) rethrows -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func answers(_ port: UInt16) -> Bool { withSocket(port) { connect($0, $1, $2) == 0 } }

    private static func freePort() throws -> UInt16 {
        try withSocket(0) { descriptor, address, size in
            try #require(bind(descriptor, address, size) == 0)
            var bound = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = withUnsafeMutablePointer(to: &bound) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            try #require(status == 0)
            return UInt16(bigEndian: bound.sin_port)
        }
    }
}
