internal import Documents

extension StringProtocol {
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
