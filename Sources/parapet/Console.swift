internal import CShims
internal import Documents
internal import GitHub
internal import Glibc
internal import Synchronization

/// Writes to the terminal: results to standard output, everything else to standard error.
struct Console {
    let output: TextStyle
    let errors: TextStyle
    /// Whether a line on standard error can be overwritten.
    let isInteractive: Bool
    let format: LogFormat
    /// Whether this is a job of GitHub Actions.
    private let isInJob: Bool

    static let standard = Console(LogFormat(asked: CommandLine.arguments))

    /// Colours only on terminals, and never where NO_COLOR is set or the terminal is dumb.
    private init(_ format: LogFormat) {
        let isPlain = Self.isSet("NO_COLOR") || getenv("TERM").map { String(cString: $0) } == "dumb"
        output = isatty(STDOUT_FILENO) == 1 && !isPlain ? .ansi : .plain
        errors = isatty(STDERR_FILENO) == 1 && !isPlain && format == .text ? .ansi : .plain
        isInteractive = isatty(STDERR_FILENO) == 1 && getenv("CI") == nil && format == .text
        isInJob = getenv("GITHUB_ACTIONS").map { String(cString: $0) } == "true"
        self.format = format
    }

    private static func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }

    func print(_ text: String = "") { FileHandleText.write(inLog(text) + "\n", to: STDOUT_FILENO) }

    /// Text for either output. What stands in a file or a name must be no command to GitHub's runner, which reads both.
    func inLog(_ text: String) -> String { isInJob ? WorkflowCommand.plain(text) : text }

    /// As `inLog`; the document stays the same, for `#` stands in strings alone.
    func inLog(json text: String) -> String { isInJob ? text.replacing("##[", with: "#\\u0023[") : text }

    /// What the program does, for whoever watches.
    func note(_ text: String) { log("info", text, shown: text.inert) }

    func warning(_ text: String) { log("warning", text, shown: errors.paint("warning: ", .warning) + text.inert) }

    func error(_ text: String, help: String? = nil) {
        let more = help.map { "\n  = help: " + $0.inert } ?? ""
        log(
            "error", text, help.map { ["help": .string($0)] } ?? [:],
            shown: errors.paint("error: ", .error) + text.inert + more)
    }

    /// How far something is: on terminals a bar, or the text, in less than so many columns, which the next one overwrites.
    func progress(_ text: String, bar: ((_ columns: Int) -> String)? = nil, _ members: JSONObject = [:]) {
        if isInteractive {
            let columns = Int(parapet_terminal_columns(STDERR_FILENO))
            let bar = bar ?? { String(text.unicodeScalars.prefix($0 - 1)) }
            FileHandleText.write(
                "\r\u{1B}[2K" + bar(columns > 0 ? columns : Self.usualColumns).inert, to: STDERR_FILENO)
        } else {
            log("info", text, members, shown: text.inert)
        }
    }

    private static let usualColumns = 80

    func endProgress() { if isInteractive { FileHandleText.write("\r\u{1B}[2K", to: STDERR_FILENO) } }

    /// Diagnostics, the errors last counted; nothing where there are none.
    func show(_ diagnostics: [Diagnostic], most: Int = 100) {
        for diagnostic in diagnostics.prefix(most) {
            log(
                diagnostic.severity.rawValue, diagnostic.message, Self.members(of: diagnostic),
                shown: diagnostic.text(style: errors))
        }
        if diagnostics.count > most { note("... and \(diagnostics.count - most) more") }
    }

    private static func members(of diagnostic: Diagnostic) -> JSONObject {
        var members: JSONObject = ["code": .string(diagnostic.code), "path": .string(diagnostic.path)]
        if let span = diagnostic.span {
            members["line"] = .integer(Int64(span.line))
            members["column"] = .integer(Int64(span.column))
        }
        members["help"] = diagnostic.help.map(JSON.string)
        return members
    }

    /// What a command line that cannot be understood, or asks for help, gets to read.
    func usage(_ text: String) { log("error", text, shown: text) }

    private func log(_ level: String, _ message: String, _ members: JSONObject = [:], shown: String) {
        switch format {
        case .text:
            endProgress()
            FileHandleText.write(inLog(shown) + "\n", to: STDERR_FILENO)
        case .json:
            var line: JSONObject = [
                "time": .string(Timestamp.now().description), "level": .string(level), "message": .string(message),
            ]
            line.merge(members, uniquingKeysWith: { own, _ in own })
            FileHandleText.write(inLog(json: JSON.object(line).text()) + "\n", to: STDERR_FILENO)
        }
    }
}

/// Text to a file descriptor, whole, without buffers that a crash would lose.
enum FileHandleText {
    /// Why standard output could not be written to; 0 where it could. A reader that has gone away wanted no more.
    private static let fault = Atomic<Int32>(0)

    /// Nil where all that was meant for standard output has got there.
    static var outputFault: String? {
        let code = fault.load(ordering: .relaxed)
        return code == 0 ? nil : String(cString: strerror(code))
    }

    static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                if descriptor == STDOUT_FILENO, errno != EPIPE { fault.store(errno, ordering: .relaxed) }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
