import Foundation
import Testing

/// The git command line: the oracle.
enum Git {
    struct Output {
        var status: Int32
        var text: String
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    static let environment: [String: String] = {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "Tester"
            environment["GIT_\(role)_EMAIL"] = "tester@example.com"
        }
        return environment
    }()

    /// Runs git and waits for it; what it says on either output.
    @discardableResult
    static func run(_ arguments: [String], in folder: String? = nil, input: String? = nil) throws -> Output {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/git")
        process.arguments = arguments
        process.environment = environment
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        // Files, not pipes: a process that another test starts meanwhile would hold a pipe open.
        let folder = FileManager.default.temporaryDirectory.appending(path: "parapet-git-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (given, said) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data((input ?? "").utf8).write(to: given)
        try Data().write(to: said)
        let output = try FileHandle(forWritingTo: said)
        process.standardInput = try FileHandle(forReadingFrom: given)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let data = try Data(contentsOf: said)
        return Output(status: process.terminationStatus, text: String(decoding: data, as: UTF8.self))
    }
}

/// A folder with repositories, removed with the value.
final class Sandbox {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "parapet-tests-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to file: String) throws {
        let url = URL(filePath: "\(path)/\(file)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Runs git in one of the folders, and fails the test where git fails.
    @discardableResult
    func git(_ folder: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws
        -> [String]
    {
        let output = try Git.run(arguments, in: "\(path)/\(folder)")
        try #require(output.status == 0, "git \(arguments): \(output.text)", sourceLocation: sourceLocation)
        return output.lines
    }

    /// A repository with one commit on `main`.
    func repository(_ name: String) throws -> String {
        try write("version: 1\n", to: "\(name)/parapet.yaml")
        try git(name, "init", "-q", "-b", "main")
        try git(name, "add", ".")
        try git(name, "commit", "-q", "-m", "first")
        return "\(path)/\(name)"
    }
}
