internal import Documents

extension StringProtocol {
    /// Inert text that keeps its lines.
    package var inertLines: String {
        split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.inert).joined(separator: "\n")
    }

    /// Inert text on one line: the ends of lines are spaces.
    package var inertLine: String {
        split(whereSeparator: \.isNewline).map(\.inert).joined(separator: " ")
    }

    /// A prefix that has at most as many UTF-16 code units, which is how most services count. What is cut ends in `…`.
    package func cut(to most: Int) -> String {
        guard utf16.count > most else { return String(self) }
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
    /// The document with every text and key inert; texts keep their lines.
    var inert: JSON {
        switch self {
        case .string(let text): .string(text.inertLines)
        case .array(let elements): .array(elements.map(\.inert))
        case .object(let object): .object(JSONObject(object.map { ($0.key.inert, $0.value.inert) }))
        default: self
        }
    }

    /// Text that says the same document, with what is not inert as escapes: nothing is lost, and a terminal stays as it
    /// is.
    func escapedText(_ layout: JSONLayout) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text(layout).unicodeScalars {
            if scalar.isInert || scalar == "\n" {
                output.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                output += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars
            }
        }
        return String(output)
    }
}
