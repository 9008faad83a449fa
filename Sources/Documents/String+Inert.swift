extension StringProtocol {
    /// The text with everything replaced that could move a terminal's cursor, change its colours or turn the reading
    /// direction: control characters, escape sequences' starts and bidirectional marks become U+FFFD; tabs become spaces.
    public var inert: String {
        if isPlainLine { return String(self) }
        var output = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            output.append(scalar == "\t" ? " " : scalar.isInert ? scalar : "\u{FFFD}")
        }
        return String(output)
    }

    /// Inert text that keeps its lines.
    public var inertLines: String {
        if isPlainText { return String(self) }
        return split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.inert).joined(separator: "\n")
    }

    /// Inert text on one line: the ends of lines are spaces.
    public var inertLine: String {
        if isPlainLine { return String(self) }
        return split(whereSeparator: \.isNewline).map(\.inert).joined(separator: " ")
    }
}

extension StringProtocol {
    /// Whether it is printable ASCII alone: most texts are, and need no second look.
    public var isPlainLine: Bool { isPlain(except: 0x20) }

    /// Whether it is printable ASCII and newlines alone.
    public var isPlainText: Bool { isPlain(except: UInt8(ascii: "\n")) }

    private func isPlain(except other: UInt8) -> Bool {
        // By a buffer, for which the loop is compiled.
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.allSatisfy { (0x20..<0x7F).contains($0) || $0 == other }
        } ?? utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == other }
    }
}

extension Unicode.Scalar {
    /// Whether it is neither a control character nor a bidirectional mark.
    public var isInert: Bool {
        switch value {
        case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: false
        default: true
        }
    }
}
