/// The diagnostics of a revision as one command shows them: in reading order, at most so many, all of them counted.
public struct DiagnosticReport: Sendable {
    /// Those that are shown.
    public let shown: [Diagnostic]
    /// How many more there are.
    public let omitted: Int
    /// How many there are of each severity, those that are not shown included.
    public let errors: Int
    public let warnings: Int

    public init(_ diagnostics: [Diagnostic], most: Int) {
        shown = Array(diagnostics.sorted(by: Diagnostic.inReadingOrder).prefix(most))
        omitted = diagnostics.count - shown.count
        errors = diagnostics.count { $0.severity == .error }
        warnings = diagnostics.count - errors
    }

    /// `... and 3 more`; nil where all are shown.
    public var remainder: String? { omitted > 0 ? "... and \(omitted) more" : nil }
}

extension Span {
    /// The place as formats take it that have none before the first line and column; the end is the column after it.
    var region: (line: Int, column: Int, endColumn: Int) {
        let column = max(1, column)
        return (max(1, line), column, column + max(0, length))
    }
}
