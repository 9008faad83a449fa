internal import Documents
internal import Glibc

/// Writes to the terminal: results to standard output, everything else to standard error.
struct Console {
    let output: TextStyle
    let errors: TextStyle
    /// Whether a line on standard error can be overwritten.
    let isInteractive: Bool

    static let standard = Console()

    /// Colours only on terminals, and never where NO_COLOR is set or the terminal is dumb.
    private init() {
        let isPlain = Self.isSet("NO_COLOR") || getenv("TERM").map { String(cString: $0) } == "dumb"
        output = isatty(STDOUT_FILENO) == 1 && !isPlain ? .ansi : .plain
        errors = isatty(STDERR_FILENO) == 1 && !isPlain ? .ansi : .plain
        isInteractive = isatty(STDERR_FILENO) == 1 && getenv("CI") == nil
    }

    private static func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }

    func print(_ text: String = "") { FileHandleText.write(text + "\n", to: STDOUT_FILENO) }

    /// What the program does, for whoever watches.
    func note(_ text: String) { FileHandleText.write(text.inert + "\n", to: STDERR_FILENO) }

    func warning(_ text: String) {
        FileHandleText.write(errors.paint("warning: ", .warning) + text.inert + "\n", to: STDERR_FILENO)
    }

    func error(_ text: String, help: String? = nil) {
        FileHandleText.write(errors.paint("error: ", .error) + text.inert + "\n", to: STDERR_FILENO)
        if let help { FileHandleText.write("  = help: " + help.inert + "\n", to: STDERR_FILENO) }
    }

    /// A line that the next one overwrites.
    func progress(_ text: String) {
        guard isInteractive else { return }
        FileHandleText.write("\r\u{1B}[2K" + text.inert, to: STDERR_FILENO)
    }

    func endProgress() { if isInteractive { FileHandleText.write("\r\u{1B}[2K", to: STDERR_FILENO) } }

    /// Diagnostics, the errors last counted; nothing where there are none.
    func show(_ diagnostics: [Diagnostic], most: Int = 100) {
        for diagnostic in diagnostics.prefix(most) {
            FileHandleText.write(diagnostic.text(style: errors) + "\n", to: STDERR_FILENO)
        }
        if diagnostics.count > most { note("... and \(diagnostics.count - most) more") }
    }
}

/// Text to a file descriptor, whole, without buffers that a crash would lose.
enum FileHandleText {
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
