import Foundation
import Testing

/// Serves the repositories of a folder over `git://`, so that hooks run as they do on a server.
final class GitDaemon {
    private let process = Process()
    private let input = Pipe()
    let url: String

    init(serving folder: String) throws {
        let port = Int.random(in: 20_000..<32_000)
        url = "git://127.0.0.1:\(port)"
        let executable = try Git.run(["--exec-path"]).lines.first ?? ""
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell ends the daemon when this side of its input closes, however the tests end.
        process.arguments = [
            "-c", #""$@" & daemon=$!; read -r line; kill -9 $daemon"#, "sh", executable + "/git-daemon",
            "--listen=127.0.0.1", "--port=\(port)", "--reuseaddr", "--export-all", "--enable=receive-pack",
            "--base-path=\(folder)",
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<400 where process.isRunning {
            if try Git.run(["ls-remote", url + "/remote.git"]).status == 0 { return }
            usleep(20_000)
        }
        Issue.record("git daemon does not answer at \(url)")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
