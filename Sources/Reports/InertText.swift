internal import Documents

extension StringProtocol {
    /// Inert text that keeps its lines.
    package var inertLines: String {
        if isPlainText { return String(self) }
        return split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.inert).joined(separator: "\n")
    }

    /// Inert text on one line: the ends of lines are spaces.
    package var inertLine: String {
        if isPlainLine { return String(self) }
        return split(whereSeparator: \.isNewline).map(\.inert).joined(separator: " ")
    }

    /// A prefix that has at most as many UTF-16 code units, which is how most services count. What is cut ends in `…`.
    package func cut(to most: Int) -> String {
        guard utf8.count > most, utf16.count > most else { return String(self) }
        var output = String.UnicodeScalarView()
        var length = 1
        for scalar in unicodeScalars {
            length += UTF16.width(scalar)
            guard length <= most else { break }
            output.append(scalar)
        }
        return String(output) + "…"
    }

    /// Whether it is a link that can be offered to people: `https`, in characters that need no escape anywhere.
    package var isPlainLink: Bool {
        hasPrefix("https://") && utf8.count > 8 && utf8.count <= 2_000
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~/?#=&+,:%".utf8.contains(byte)
                }
            }
    }
}

extension JSON {
    /// Text with every string and key inert; strings keep their lines.
    func inertText(_ layout: JSONLayout) -> String {
        String(decoding: bytes(layout, changing: \.inertLines), as: UTF8.self)
    }

    /// As `inertText` of a list, without all of it in memory as documents.
    static func inertText<Element>(
        _ elements: some Collection<Element>, _ layout: JSONLayout, element: (Element) -> JSON
    ) -> String {
        String(decoding: bytes(elements, layout, changing: \.inertLines, element: element), as: UTF8.self)
    }

    /// Text that says the same document, with what is not inert as escapes: nothing is lost, and a terminal stays as it
    /// is.
    func escapedText(_ layout: JSONLayout) -> String {
        let bytes = bytes(layout)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while !rest.isEmpty {
            let plain = rest.prefix { (0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "\n") }
            output += plain
            rest = rest[plain.endIndex...]
            // Bytes beyond ASCII stand together: whole scalars.
            let other = rest.prefix { !(0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\n") }
            rest = rest[other.endIndex...]
            for scalar in String(decoding: other, as: UTF8.self).unicodeScalars {
                if scalar.isInert {
                    output += Array(String(scalar).utf8)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    output += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
