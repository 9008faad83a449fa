import AWS
import Documents
import Foundation
import HTTP
import Testing

/// A script of `Tests/Live` that seeds or plays an AWS API server, and writes what boto3 makes of its answers.
final class PythonServer {
    static let python = Fixtures.root.appending(path: ".venv/bin/python")
    static let isInstalled = FileManager.default.isExecutableFile(atPath: python.path)
    static let missing: Comment = "boto3 and moto are missing: run scripts/python-env"

    /// Where the server listens.
    let url: String
    /// One JSON object a line of the script's file of answers.
    let answers: [JSON]
    private let process: Process
    private let input: Pipe
    private let output: Pipe
    private let folder: URL

    /// Starts the script and waits for the line with its URL.
    init(script: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "parapet-live-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "answers.ndjson")
        process = Process()
        input = Pipe()
        output = Pipe()
        process.executableURL = Self.python
        process.arguments = [Fixtures.root.appending(path: "Tests/Live/\(script)").path, file.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
        }
        url = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let lines = (try? Data(contentsOf: file)) ?? Data()
        answers = try lines.split(separator: UInt8(ascii: "\n")).map { try JSON.parse([UInt8]($0)) }
        guard url.hasPrefix("http://127.0.0.1:") else {
            throw AWSError(.malformedResponse, "\(script) ended before it was ready", kind: .malformed)
        }
    }

    /// The script ends when its input does, and stops what it started.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A client of the server, at `path`, that tries everything once.
    func client(path: String = "") throws -> AWSClient {
        var configuration = AWSClient.Configuration(environment: ["AWS_ENDPOINT_URL": url + path])
        configuration.retries.maximumAttempts = 1
        let credentials = Credentials(accessKeyID: "parapet", secretAccessKey: "parapet")
        return AWSClient(
            transport: try HTTPClient(), models: Fixtures.models, credentials: StaticCredentialProvider(credentials),
            configuration: configuration)
    }
}
