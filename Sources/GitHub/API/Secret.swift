internal import Documents

/// A token or a key. What is printed of it says nothing.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    /// Nil for empty text, and where a line end or another control character stands inside: a header could not hold it.
    public init?(_ text: some StringProtocol) {
        var scalars = String(text).unicodeScalars[...]
        while let first = scalars.first, first.value <= 0x20 { scalars.removeFirst() }
        while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
        guard !scalars.isEmpty, scalars.allSatisfy({ (0x21..<0x7F).contains($0.value) }) else { return nil }
        self.text = String(String.UnicodeScalarView(scalars))
    }

    public var description: String { "[redacted]" }
    public var debugDescription: String { "[redacted]" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The command that makes a GitHub runner hide it in the log.
    public var maskCommand: String { WorkflowCommand.mask(text) }
}
