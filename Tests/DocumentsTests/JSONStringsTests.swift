import Testing

@testable import Documents

/// Strings are written eight bytes at a time, so what needs an escape is tried at every place.
@Suite struct JSONStringsTests {
    static let special: [Character] = [
        "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{202E}", "😀", "~", " ", "!",
    ]

    @Test(arguments: special, [JSONStrings.exact, .escaped]) func placesAreAllTheSame(
        special: Character, strings: JSONStrings
    ) throws {
        for length in 0...20 {
            for place in 0...length {
                var text = String(repeating: "x", count: length)
                text.insert(special, at: text.index(text.startIndex, offsetBy: place))
                let written = JSON.string(text).text(.compact, strings)
                #expect(try JSON.parse(written) == .string(text), "\(length) \(place)")
                #expect(strings == .exact || written.unicodeScalars.allSatisfy(\.isInert), "\(length) \(place)")
            }
        }
    }

    @Test(arguments: [
        ("\u{1B}[31m", "\\u001b[31m", "\u{FFFD}[31m"), ("\u{202E}x", "\\u202ex", "\u{FFFD}x"),
        ("a\nb", "a\\nb", "a\\nb"),
        ("\u{7F}", "\\u007f", "\u{FFFD}"), ("é😀", "é😀", "é😀"), ("\u{9B}", "\\u009b", "\u{FFFD}"), ("", "", ""),
    ])
    func whatIsNotInert(text: String, escaped: String, inert: String) {
        #expect(JSON.string(text).text(.compact, .escaped) == "\"\(escaped)\"")
        #expect(JSON.string(text).text(.compact, .inert) == "\"\(inert)\"")
    }

    /// Bytes that differ by their highest bit, or by one from those that need an escape, are told apart.
    @Test func everyByteIsWrittenAsItself() throws {
        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
            for count in [1, 7, 8, 9, 16] {
                let text = String(repeating: String(scalar), count: count)
                #expect(try JSON.parse(JSON.string(text).text()) == .string(text))
            }
        }
    }
}
