internal import Documents

/// Text for HTML and XML, as content and within quoted attributes.
package enum Markup {
    /// Inert text with its lines; what neither language takes becomes U+FFFD.
    package static func text(_ raw: some StringProtocol) -> String { escaped(raw.inertLines) }

    /// Inert text on one line.
    package static func line(_ raw: some StringProtocol) -> String { escaped(raw.inertLine) }

    private static func escaped(_ text: String) -> String {
        let isAllPlain = text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isPlain) }
        if isAllPlain ?? text.utf8.allSatisfy(isPlain) { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + 32)
        for byte in characters(text).utf8 {
            switch byte {
            case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): output.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): output.append(contentsOf: "&#39;".utf8)
            default: output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The last two of each plane are no characters; XML refuses those of the first.
    private static func characters(_ text: String) -> String {
        // In UTF-8 they begin with 0xEF or more.
        guard text.utf8.contains(where: { $0 >= 0xEF }) else { return text }
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            output.append(scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar)
        }
        return String(output)
    }

    /// ASCII that means nothing to either language.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: byte < 0x7F
        }
    }
}
