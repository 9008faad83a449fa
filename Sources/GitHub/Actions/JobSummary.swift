internal import Glibc

/// The Markdown that GitHub shows on the page of a workflow's run.
public enum JobSummary {
    /// GitHub drops a step's whole summary from 1 MiB on.
    static let mostBytes = (1 << 20) - 1
    /// The longest text for one step, with some room for others.
    public static let longest = mostBytes - 4_096

    /// What has happened.
    public enum Outcome: Sendable, Equatable {
        case written
        /// As many lines as fitted, and a note.
        case cut
        /// Other parts of the step have left no room.
        case full
    }

    /// Appends to the file that `GITHUB_STEP_SUMMARY` names.
    public static func append(_ text: String, to path: String) throws(GitHubError) -> Outcome {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("opened") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("read") }
        let room = mostBytes - Int(status.st_size)
        let whole = text.hasSuffix("\n") ? text : text + "\n"
        guard whole.utf8.count > room else {
            try write(whole, to: file)
            return .written
        }
        let part = TextLimit.cut(whole, to: room)
        guard part.utf8.count <= room else { return .full }
        try write(part, to: file)
        return .cut
    }

    private static func write(_ text: String, to file: Int32) throws(GitHubError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("written") }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ verb: String) -> GitHubError {
        GitHubError(.file, "the job's summary could not be \(verb): \(String(cString: strerror(errno)))")
    }
}
