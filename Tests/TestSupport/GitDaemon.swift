import Foundation
import Testing

/// Serves the repositories of a folder over `git://`: a remote with hooks, which libgit2's own transport for folders does
/// not run.
public final class GitDaemon {
    public private(set) var url = ""
    private var process = Process()
    private var input = Pipe()

    /// `environment` keeps the settings of the machine's owner out.
    public init(serving folder: String, environment: [String: String]) throws {
        try Self.run("git", ["init", "-q", "--bare", folder + "/ping.git"], environment)
        // Another program may have the port: then the daemon ends at once, and another port is tried.
        for _ in 0..<5 {
            if try start(folder, environment) { return }
        }
        Issue.record("git daemon does not answer")
    }

    private func start(_ folder: String, _ environment: [String: String]) throws -> Bool {
        let port = Int.random(in: 20_000..<32_000)
        process = Process()
        input = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell ends the daemon when this side of its input closes, however the tests end.
        let script = #""$(git --exec-path)/git-daemon" "$@" & daemon=$!; read -r line; kill -9 $daemon"#
        process.arguments = [
            "-c", script, "sh", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(folder)", "--export-all",
            "--enable=receive-pack", "--reuseaddr",
        ]
        process.environment = environment
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let address = "git://127.0.0.1:\(port)"
        for _ in 0..<200 where process.isRunning {
            if try Self.run("git", ["ls-remote", address + "/ping.git"], environment) == 0 {
                url = address
                return true
            }
            usleep(20_000)
        }
        return false
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String], _ environment: [String: String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
