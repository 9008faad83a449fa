import Foundation
import Testing

/// `git daemon`: a remote with hooks, which libgit2's own transport for folders does not run.
final class Daemon {
    private(set) var url = ""
    private var process = Process()
    private var input = Pipe()

    init(_ sandbox: Sandbox) throws {
        let executable = try sandbox.git("--exec-path") + "/git-daemon"
        try sandbox.git("init", "-q", "--bare", "-b", "main", "ping.git")
        // Another program may have the port: then the daemon ends at once, and another port is tried.
        for _ in 0..<5 {
            if try start(executable, sandbox) { return }
        }
        Issue.record("git daemon does not answer")
    }

    private func start(_ executable: String, _ sandbox: Sandbox) throws -> Bool {
        let port = Int.random(in: 20_000..<32_000)
        process = Process()
        input = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell ends the daemon when this side of its input closes, however the tests end.
        let script = #""$@" & daemon=$!; read -r line; kill -9 $daemon"#
        process.arguments = [
            "-c", script, "sh", executable, "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(sandbox.path)",
            "--export-all", "--enable=receive-pack", "--reuseaddr",
        ]
        process.environment = Sandbox.environment
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let address = "git://127.0.0.1:\(port)"
        for _ in 0..<200 where process.isRunning {
            let answer = try sandbox.git("ls-remote", address + "/ping.git", status: nil)
            if answer.isEmpty {
                url = address
                return true
            }
            usleep(50_000)
        }
        return false
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
