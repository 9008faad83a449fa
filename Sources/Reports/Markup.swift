internal import Documents

/// Text for HTML and XML, as content and within quoted attributes.
package enum Markup {
    /// Inert text with its lines; what neither language takes becomes U+FFFD.
    package static func text(_ raw: some StringProtocol) -> String { escaped(raw.inertLines) }

    /// Inert text on one line.
    package static func line(_ raw: some StringProtocol) -> String { escaped(raw.inertLine) }

    private static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;".unicodeScalars
            case "<": output += "&lt;".unicodeScalars
            case ">": output += "&gt;".unicodeScalars
            case "\"": output += "&quot;".unicodeScalars
            case "'": output += "&#39;".unicodeScalars
            // The last two of each plane are no characters; XML refuses those of the first.
            case _ where scalar.value & 0xFFFE == 0xFFFE: output.append("\u{FFFD}")
            default: output.append(scalar)
            }
        }
        return String(output)
    }

    /// ASCII that means nothing to either language.
    private static func isPlain(_ byte: UInt8) -> Bool { byte < 0x7F && !"&<>\"'".utf8.contains(byte) }
}
