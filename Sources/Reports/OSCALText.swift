internal import Documents

extension AssessmentOSCAL {
    /// Text where OSCAL reads Markdown: every sign that could be markup is escaped, so that it stands for itself.
    static func markup(_ raw: String) -> JSON {
        let lines = raw.inertLines
        let isPlain = lines.utf8.withContiguousStorageIfAvailable { !$0.contains(where: isMarkup) }
        if isPlain == true, lines.utf8.first.map({ $0 > UInt8(ascii: " ") }) == true { return .string(lines) }
        var output: [UInt8] = []
        output.reserveCapacity(lines.utf8.count + 16)
        for byte in lines.utf8 {
            if isMarkup(byte) { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
        }
        let text = String(decoding: output, as: UTF8.self)
        return .string(text.allSatisfy(\.isWhitespace) ? "-" : text)
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!")...UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"), UInt8(ascii: "[")...UInt8(ascii: "`"),
            UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// Titles are one line.
    static func title(_ raw: String) -> JSON { markup(raw.inertLine) }

    /// A property: its value is one line of text without spaces at its ends, and never empty.
    static func property(_ name: String, _ value: String) -> JSON {
        let line = value.inertLine
        let isWord = line.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { (0x21..<0x7F).contains($0) } }
        let words = isWord == true ? line : line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return [
            "name": .string(name), "ns": "https://parapet.invalid/ns/oscal",
            "value": .string(words.isEmpty ? "-" : words),
        ]
    }

    static func link(_ reference: String) -> JSON? {
        reference.isPlainLink ? ["href": .string(reference), "rel": "reference"] : nil
    }

    /// An identifier as OSCAL has them: a letter or `_`, then letters, digits, `.`, `-` and `_`. Other bytes become `_`
    /// and two hexadecimal digits, so that distinct texts stay distinct.
    static func token(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        let token = String(decoding: bytes, as: UTF8.self)
        return token.first?.isLetter == true || token.first == "_" ? token : "_" + token
    }
}
