import Foundation
import Testing

/// `git daemon`: a remote with hooks, which libgit2's own transport for folders does not run.
final class Daemon {
    let url: String
    private let process = Process()
    private let input = Pipe()

    init(_ sandbox: Sandbox) throws {
        let executable = try sandbox.git("--exec-path") + "/git-daemon"
        let port = Int.random(in: 20_000..<60_000)
        url = "git://127.0.0.1:\(port)"
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
        try sandbox.git("init", "-q", "--bare", "-b", "main", "ping.git")
        for _ in 0..<100 where process.isRunning {
            let answer = try sandbox.git("ls-remote", url + "/ping.git", status: nil)
            if answer.isEmpty { return }
            usleep(50_000)
        }
        Issue.record("git daemon does not answer at \(url)")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
