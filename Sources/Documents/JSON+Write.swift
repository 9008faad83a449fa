/// How JSON is laid out as text.
public enum JSONLayout: Sendable {
    /// One line, no spaces: a line of NDJSON, a request body.
    case compact
    /// Two spaces a level, one member or element a line, a newline at the end: files that people diff.
    case indented
}

/// What becomes of strings and keys as they are written.
public enum JSONStrings: Sendable {
    /// They say what they are, with the escapes that JSON needs.
    case exact
    /// They say what they are, and what is not inert is escaped, too: a terminal stays as it is.
    case escaped
    /// Inert text (see `String.inertLines`): for those who read it and print it.
    case inert
}

extension JSON {
    /// Canonical text: keys sorted by their bytes, numbers in their shortest form, no escapes but those that JSON needs.
    public func text(_ layout: JSONLayout = .compact, _ strings: JSONStrings = .exact) -> String {
        String(decoding: bytes(layout, strings), as: UTF8.self)
    }

    public func bytes(_ layout: JSONLayout = .compact, _ strings: JSONStrings = .exact) -> [UInt8] {
        var writer = JSONWriter(layout, strings)
        writer.write(self, level: 0, layout)
        if layout == .indented { writer.newline(0) }
        return writer.bytes
    }
}

/// Writes canonical JSON, piece by piece.
package struct JSONWriter {
    package var bytes: [UInt8] = []
    private let layout: JSONLayout
    private let strings: JSONStrings

    package init(_ layout: JSONLayout, _ strings: JSONStrings) {
        self.layout = layout
        self.strings = strings
    }

    /// - Parameters:
    ///   - level: how deep the value stands.
    ///   - layout: the value's, which can be denser than that of what it stands in.
    package mutating func write(_ value: JSON, level: Int, _ layout: JSONLayout) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let integer): bytes.append(contentsOf: String(integer).utf8)
        case .number(let number): bytes.append(contentsOf: Self.text(of: number).utf8)
        case .string(let text): write(text)
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                next(isFirst: index == 0, level: level, layout)
                write(element, level: level + 1, layout)
            }
            close("]", isEmpty: elements.isEmpty, level: level, layout)
        case .object(let object):
            append("{")
            for (index, member) in object.enumerated() {
                next(isFirst: index == 0, level: level, layout)
                write(key: member.key, layout)
                write(member.value, level: level + 1, layout)
            }
            close("}", isEmpty: object.isEmpty, level: level, layout)
        }
    }

    package mutating func write(key: String) { write(key: key, layout) }

    package mutating func open(_ bracket: StaticString) { append(bracket) }

    /// Begins an element or a member of what stands at a level.
    package mutating func next(isFirst: Bool, level: Int) { next(isFirst: isFirst, level: level, layout) }

    package mutating func close(_ bracket: StaticString, isEmpty: Bool, level: Int) {
        close(bracket, isEmpty: isEmpty, level: level, layout)
    }

    private mutating func write(key: String, _ layout: JSONLayout) {
        write(key)
        append(layout == .indented ? ": " : ":")
    }

    private mutating func next(isFirst: Bool, level: Int, _ layout: JSONLayout) {
        if !isFirst { append(",") }
        if layout == .indented { newline(level + 1) }
    }

    private mutating func close(_ bracket: StaticString, isEmpty: Bool, level: Int, _ layout: JSONLayout) {
        if layout == .indented, !isEmpty { newline(level) }
        append(bracket)
    }

    package mutating func newline(_ level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        let isWritten = text.withUTF8 { utf8 in
            guard utf8.isPlainASCII else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        if !isWritten {
            switch strings {
            case .exact: append(escaping: text)
            case .inert: append(escaping: text.inertLines)
            case .escaped: append(escapingAll: text)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: utf8[start..<index])
                append(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
    }

    private mutating func append(escapingAll text: String) {
        for scalar in text.unicodeScalars {
            if scalar.isASCII, scalar.value != 0x7F {
                append(UInt8(truncatingIfNeeded: scalar.value))
            } else if scalar.isInert {
                bytes.append(contentsOf: String(scalar).utf8)
            } else {
                let digits = String(scalar.value, radix: 16)
                append("\\u")
                bytes.append(contentsOf: String(repeating: "0", count: max(0, 4 - digits.count)).utf8)
                bytes.append(contentsOf: digits.utf8)
            }
        }
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        case 0..<0x20:
            append("\\u00")
            bytes.append(contentsOf: SHA256.hex([byte]).utf8)
        default: bytes.append(byte)
        }
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// JSON has no infinities and no NaN: they become their names as text, as AWS writes them.
    private static func text(of number: Double) -> String {
        if number.isNaN { return "\"NaN\"" }
        if number.isInfinite { return number < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return number.description
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are printable ASCII characters that JSON does not escape: most strings are, and are copied as they
    /// are. Eight bytes at a time.
    fileprivate var isPlainASCII: Bool {
        guard let start = UnsafeRawPointer(baseAddress) else { return true }
        var offset = 0
        while offset + 8 <= count {
            let word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let spread: UInt64 = 0x0101_0101_0101_0101
            let high: UInt64 = 0x8080_8080_8080_8080
            // The high bit of a byte is set where it is less than a space, a quote, a backslash or not below 0x7F.
            let quote = word ^ (spread &* 0x22)
            let backslash = word ^ (spread &* 0x5C)
            let found =
                (word &- spread &* 0x20) | (quote &- spread) | (backslash &- spread) | (word &+ spread) | word
            guard found & high == 0 else { return isPlain(from: offset) }
            offset += 8
        }
        return isPlain(from: offset)
    }

    private func isPlain(from start: Int) -> Bool {
        self[start...].allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
