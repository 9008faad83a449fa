import Foundation
import Git
import Testing

/// A temporary folder, and the `git` command line as the oracle. Removed with the value.
final class Sandbox {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/parapet-git-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What git printed, without the newline at the end. Records an issue if it failed and that was not expected.
    @discardableResult
    func git(_ arguments: String..., at folder: String = "", status expected: Int32? = 0) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path + "/" + folder)
        process.environment = Self.environment
        // A file, not a pipe: a daemon that another test starts meanwhile would keep the pipe open.
        let log = FileManager.default.temporaryDirectory.path + "/parapet-git-\(UUID().uuidString).log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: log) }
        let output = try #require(FileHandle(forWritingAtPath: log))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = try String(decoding: Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
        if let expected { #expect(process.terminationStatus == expected, "git \(arguments): \(text)") }
        return text.trimmingCharacters(in: .newlines)
    }

    static let environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
    ]

    func write(_ text: String, to file: String) throws {
        let url = URL(fileURLWithPath: path + "/" + file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + file) }

    /// A repository with one commit: `README.md`, `rules/a.yaml`, `rules/deep/b.yaml`, a link and a script.
    func makeRepository(_ name: String = "work") throws {
        try git("init", "-q", "-b", "main", name)
        try write("hello\n", to: "\(name)/README.md")
        try write("a: 1\n", to: "\(name)/rules/a.yaml")
        try write("b: 2\n", to: "\(name)/rules/deep/b.yaml")
        try write("#!/bin/sh\n", to: "\(name)/run.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)/run.sh")
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/\(name)/link", withDestinationPath: "/etc/passwd")
        try commitAll(at: name)
    }

    func commitAll(at name: String, _ message: String = "one") throws {
        try git("add", "-A", at: name)
        try git("commit", "-q", "--allow-empty", "-m", message, at: name)
    }

    func open(_ name: String = "work") throws -> Repository { try Repository.open(at: path + "/" + name) }
}

extension Signature {
    static let ada = Signature(name: "Ada", email: "ada@example.com", seconds: 1_700_000_000, offsetMinutes: 60)
}

/// The code of the error that `body` throws; nil if it throws none.
func code(_ body: () throws(GitError) -> Void) -> GitError.Code? {
    do throws(GitError) {
        try body()
        return nil
    } catch {
        return error.code
    }
}

/// The error that `body` throws; records an issue if it throws none.
func failure<Value>(_ body: () throws(GitError) -> Value) -> GitError? {
    do throws(GitError) {
        _ = try body()
        Issue.record("nothing was thrown")
        return nil
    } catch {
        return error
    }
}
