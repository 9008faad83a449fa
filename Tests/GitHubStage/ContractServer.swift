package import Documents
internal import Foundation
internal import HTTP
internal import Testing

/// `Tests/GitHubServer/github_stub.py`: GitHub's REST API in memory, which checks every request against GitHub's contract.
package final class ContractServer: Sendable {
    /// Of the API.
    package let root: String
    package let keys: Keys
    private let http: HTTPClient
    private let folder: URL
    private let input: Pipe

    /// PEM files, made anew for each server: no key stands in the repository.
    package struct Keys: Sendable {
        package let pkcs1: String
        package let pkcs8: String
        package let encrypted: String
        package let elliptic: String
        package let short: String
    }

    /// The server that most tests share, one after the other.
    package static let shared = Result { try ContractServer() }

    package init(prefix: String = "") throws {
        http = try HTTPClient(configuration: HTTPConfiguration(usesProxy: false))
        folder = FileManager.default.temporaryDirectory.appending(path: "parapet-github-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let environment = project.appending(path: ".venv/bin/python").path
        let python = FileManager.default.isExecutableFile(atPath: environment) ? environment : "python3"
        let process = Process()
        input = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell ends the server when this side of its input closes, however the tests end.
        let script = """
            cd "$1"
            "$2" -c "$4" || exit 1
            "$2" "$3" --port 0 --ready-file ready --app-public-key public.pem --prefix "$5" >/dev/null 2>log &
            server=$!; read -r line; kill -9 $server
            """
        process.arguments = [
            "-c", script, "sh", folder.path, python, project.appending(path: "Tests/GitHubServer/github_stub.py").path,
            Self.keyScript, prefix,
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let ready = folder.appending(path: "ready")
        for _ in 0..<1_500 where process.isRunning && !FileManager.default.fileExists(atPath: ready.path) {
            usleep(20_000)
        }
        guard let url = try? String(contentsOf: ready, encoding: .utf8) else {
            let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
            throw ServerError(message: "the server does not start (scripts/python-env makes what it needs): \(log)")
        }
        root = url
        let folder = folder
        func key(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        keys = try Keys(
            pkcs1: key("pkcs1.pem"), pkcs8: key("pkcs8.pem"), encrypted: key("encrypted.pem"), elliptic: key("ec.pem"),
            short: key("short.pem"))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        try? FileManager.default.removeItem(at: folder)
    }

    package struct ServerError: Error, CustomStringConvertible {
        let message: String
        package var description: String { message }
    }

    private static let keyScript = """
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric import rsa, ec
        def write(name, key, format, encryption=s.NoEncryption()):
            open(name, 'wb').write(key.private_bytes(s.Encoding.PEM, format, encryption))
        key = rsa.generate_private_key(65537, 2048)
        write('pkcs1.pem', key, s.PrivateFormat.TraditionalOpenSSL)
        write('pkcs8.pem', key, s.PrivateFormat.PKCS8)
        write('encrypted.pem', key, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b'password'))
        write('ec.pem', ec.generate_private_key(ec.SECP256R1()), s.PrivateFormat.PKCS8)
        write('short.pem', rsa.generate_private_key(65537, 1024), s.PrivateFormat.PKCS8)
        open('public.pem', 'wb').write(key.public_key().public_bytes(
            s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))
        """

    // MARK: The control plane

    @discardableResult
    package func control(_ what: String, _ body: JSON? = nil, method: String? = nil) async throws -> JSON {
        let origin = root.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
            .joined(separator: "/")
        let request = HTTPRequest(
            method: method ?? (body == nil ? "GET" : "POST"), url: "\(origin)/_stub/\(what)",
            headers: [("Content-Type", "application/json")], body: body?.bytes() ?? [])
        let response = try await http.send(request)
        try #require(response.status == 200, "\(what): \(String(decoding: response.body.prefix(500), as: UTF8.self))")
        return try JSON.parse(response.body)
    }

    /// Begins anew.
    package func begin(_ seed: Seed) async throws { try await control("seed", seed.json) }

    package func inject(_ faults: [JSON]) async throws { try await control("faults", .array(faults)) }

    /// Rules that requests broke, and the server's own mistakes.
    package func errors() async throws -> [String] {
        (try await control("violations").array ?? [])
            .filter { $0["severity"]?.string != "warn" }.map { $0.text() }
    }

    /// The rules of which requests came near.
    package func warnings() async throws -> [String] {
        (try await control("violations").array ?? [])
            .filter { $0["severity"]?.string == "warn" }.compactMap { $0["rule"]?.string }
    }

    /// `POST issues/create-comment`, for all requests so far.
    package func requests() async throws -> [String] {
        (try await control("requests").array ?? []).map { request in
            "\(request["method"]?.string ?? "") \(request["op"]?.string ?? request["path"]?.string ?? "")"
        }
    }

    package func repository(_ name: String = "octo/posture") async throws -> JSON {
        try #require(try await control("state")["repos"]?[name])
    }

    package struct Comment: Equatable {
        package var id: Int64
        package var user: String
        package var body: String
        package var isMinimized: Bool
    }

    /// The comments of pull request 7, the oldest first.
    package func comments() async throws -> [Comment] {
        let comments = try await repository()["comments"]?.object ?? [:]
        return comments.compactMap { member in
            guard let id = member.value["id"]?.integer, let body = member.value["body"]?.string,
                member.value["issue"]?.integer == 7
            else { return nil }
            return Comment(
                id: id, user: member.value["user"]?.string ?? "", body: body,
                isMinimized: member.value["minimized"]?.bool ?? false)
        }
        .sorted { $0.id < $1.id }
    }
}
