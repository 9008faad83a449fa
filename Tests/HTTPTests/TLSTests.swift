import Foundation
import Testing

@testable import HTTP

/// A server of `openssl` with a certificate that nobody vouches for.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "there is no /usr/bin/openssl"))
struct TLSTests {
    @Test(.timeLimit(.minutes(10)), arguments: ["-tls1_1", "-tls1_2"])
    func refusesUnknownCertificatesAndOldVersions(_ version: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.path + "/key.pem", folder.path + "/cert.pem")
        let make = try start([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-keyout", key,
            "-out", certificate,
        ])
        make.waitUntilExit()
        let port = Int.random(in: 20_000..<30_000)
        let server = try start(["s_server", "-www", version, "-port", "\(port)", "-key", key, "-cert", certificate])
        defer { server.terminate() }
        let client = try HTTPClient()
        var found: HTTPError?
        for _ in 0..<100 {
            do throws(HTTPError) {
                _ = try await client.send(HTTPRequest(method: "GET", url: "https://127.0.0.1:\(port)/"))
                found = nil
            } catch {
                found = error
            }
            if found?.code != .couldNotConnect { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(found?.code == .tls)
        #expect(found?.message.contains("127.0.0.1:\(port)") == true)
    }

    private func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
