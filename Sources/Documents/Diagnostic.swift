/// Something that a user should know about a text that they wrote.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable {
        case error, warning
    }

    /// Stable, `area/what`: `rule/unknown-key`.
    public var code: String
    public var severity: Severity
    /// Lower case, no full stop; what the user wrote stands in backticks.
    public var message: String
    public var path: String
    public var span: Span?
    /// The line at the span, as it stands in the file.
    public var excerpt: String?
    /// What to do.
    public var help: String?

    public init(
        code: String, severity: Severity = .error, message: String, path: String, span: Span? = nil,
        excerpt: String? = nil, help: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.path = path
        self.span = span
        self.excerpt = excerpt
        self.help = help
    }

    /// By file, then by place; what concerns a whole file comes first.
    public static func inReadingOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        if left.path != right.path { return left.path.precedesByBytes(right.path) }
        let a = left.span ?? Span(line: 0, column: 0)
        let b = right.span ?? Span(line: 0, column: 0)
        return (a.line, a.column, left.code) < (b.line, b.column, right.code)
    }
}

/// What was found in one file so far. Readers of formats take it `inout` and go on after a fault, so that all are found.
public struct FileDiagnostics: Sendable {
    public let file: SourceFile
    public private(set) var found: [Diagnostic] = []
    /// Excerpts by line, so that many diagnostics on one long line share its text.
    private var excerpts: [Int: String] = [:]
    private var lineStarts: [Int]?

    public init(file: SourceFile) { self.file = file }

    public var hasErrors: Bool { found.contains { $0.severity == .error } }

    public mutating func error(_ code: String, _ message: String, at span: Span?, help: String? = nil) {
        add(code, .error, message, span, help)
    }

    public mutating func warning(_ code: String, _ message: String, at span: Span?, help: String? = nil) {
        add(code, .warning, message, span, help)
    }

    private mutating func add(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, _ span: Span?, _ help: String?
    ) {
        found.append(
            Diagnostic(
                code: code, severity: severity, message: message, path: file.path, span: span,
                excerpt: span.flatMap { excerpt($0.line) }, help: help))
    }

    private mutating func excerpt(_ line: Int) -> String? {
        if let known = excerpts[line] { return known }
        let starts = lineStarts ?? file.lineStarts
        lineStarts = starts
        excerpts[line] = file.line(line, starts: starts)
        return excerpts[line]
    }
}
