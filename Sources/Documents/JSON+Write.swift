/// How JSON is laid out as text.
public enum JSONLayout: Sendable {
    /// One line, no spaces: a line of NDJSON, a request body.
    case compact
    /// Two spaces a level, one member or element a line, a newline at the end: files that people diff.
    case indented
}

extension JSON {
    /// Canonical text: keys sorted by their bytes, numbers in their shortest form, no escapes but those that JSON needs.
    public func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    /// - Parameter change: what becomes of each string and key.
    public func bytes(_ layout: JSONLayout = .compact, changing change: ((String) -> String)? = nil) -> [UInt8] {
        var writer = JSONWriter(layout: layout, change: change)
        writer.write(self, level: 0)
        if layout == .indented { writer.bytes.append(UInt8(ascii: "\n")) }
        return writer.bytes
    }

    /// As `bytes` of a list, whose elements are made one after the other.
    public static func bytes<Element>(
        _ elements: some Collection<Element>, _ layout: JSONLayout, changing change: ((String) -> String)? = nil,
        element: (Element) -> JSON
    ) -> [UInt8] {
        var writer = JSONWriter(layout: layout, change: change)
        var next = elements.startIndex
        writer.write(open: "[", close: "]", count: elements.count, level: 0) { writer, _ in
            writer.write(element(elements[next]), level: 1)
            next = elements.index(after: next)
        }
        if layout == .indented { writer.bytes.append(UInt8(ascii: "\n")) }
        return writer.bytes
    }
}

private struct JSONWriter {
    let layout: JSONLayout
    let change: ((String) -> String)?
    var bytes: [UInt8] = []

    init(layout: JSONLayout, change: ((String) -> String)?) {
        self.layout = layout
        self.change = change
    }

    mutating func write(_ value: JSON, level: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let integer): append(String(integer))
        case .number(let number): append(Self.text(of: number))
        case .string(let text): write(text)
        case .array(let elements):
            write(open: "[", close: "]", count: elements.count, level: level) { writer, index in
                writer.write(elements[index], level: level + 1)
            }
        case .object(let object):
            write(open: "{", close: "}", count: object.count, level: level) { writer, index in
                let member = object[index]
                writer.write(member.key)
                writer.append(writer.layout == .indented ? ": " : ":")
                writer.write(member.value, level: level + 1)
            }
        }
    }

    mutating func write(
        open: StaticString, close: StaticString, count: Int, level: Int,
        item: (inout JSONWriter, Int) -> Void
    ) {
        append(open)
        for index in 0..<count {
            if index > 0 { append(",") }
            newline(level + 1)
            item(&self, index)
        }
        if count > 0 { newline(level) }
        append(close)
    }

    private mutating func newline(_ level: Int) {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = change?(text) ?? text
        text.withUTF8 { utf8 in
            var rest = utf8[...]
            while let index = rest.firstIndex(where: Self.isEscaped) {
                bytes.append(contentsOf: rest[..<index])
                escape(rest[index])
                rest = rest[(index + 1)...]
            }
            bytes.append(contentsOf: rest)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default: append("\\u00" + SHA256.hex([byte]))
        }
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// JSON has no infinities and no NaN: they become their names as text, as AWS writes them.
    private static func text(of number: Double) -> String {
        if number.isNaN { return "\"NaN\"" }
        if number.isInfinite { return number < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return number.description
    }
}
