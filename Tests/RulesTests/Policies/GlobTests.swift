import TestSupport
import Testing

@testable import Rules

@Suite struct GlobTests {
    /// All texts over an alphabet, up to a length.
    static func texts(over alphabet: [String], upTo length: Int) -> [String] {
        var all = [""]
        var last = [""]
        for _ in 0..<length {
            last = last.flatMap { text in alphabet.map { text + $0 } }
            all += last
        }
        return all
    }

    /// The definition, slow and plain.
    static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return matches(pattern.dropFirst(), text) || (!text.isEmpty && matches(pattern, text.dropFirst()))
        }
        guard let next = text.first else { return false }
        return (first == "?" || first == next) && matches(pattern.dropFirst(), text.dropFirst())
    }

    static let patterns = texts(over: ["a", "b", "*", "?"], upTo: 3)
    static let subjects = texts(over: ["a", "b", "c"], upTo: 5)

    @Test func matchesAsDefined() {
        for pattern in Self.patterns {
            for text in Self.subjects where Glob.matches(pattern, text) != Self.matches(pattern[...], text[...]) {
                Issue.record("\(pattern) on \(text)")
            }
        }
    }

    /// Two patterns of three characters that meet at all meet in a text of at most six.
    @Test func overlapAgainstBruteForce() {
        let subjects = Self.texts(over: ["a", "b"], upTo: 6)
        let matched = Dictionary(
            uniqueKeysWithValues: Self.patterns.map { pattern in
                (pattern, subjects.map { Self.matches(pattern[...], $0[...]) })
            })
        for left in Self.patterns {
            for right in Self.patterns {
                guard let a = matched[left], let b = matched[right] else { continue }
                let expected = zip(a, b).contains { $0 && $1 }
                if Glob.overlap(left, right) != expected { Issue.record("\(left) and \(right): not \(expected)") }
            }
        }
    }

    /// Where one pattern is said to cover another, it does.
    @Test func coversOnlyWhatItMatches() {
        let matched = Dictionary(
            uniqueKeysWithValues: Self.patterns.map { pattern in
                (pattern, Set(Self.subjects.filter { Self.matches(pattern[...], $0[...]) }))
            })
        for left in Self.patterns {
            for right in Self.patterns where Glob.covers(left, right) {
                guard let a = matched[left], let b = matched[right] else { continue }
                if !b.isSubset(of: a) { Issue.record("\(left) does not cover \(right)") }
            }
            #expect(Glob.covers("*", left) && Glob.covers(left, left))
        }
    }

    @Test(arguments: [
        ("caf?", "café", true), ("?", "日", true), ("?", "", false), ("e", "\u{E9}", false), ("**", "", true),
        ("", "", true),
        ("", "a", false), ("A", "a", false), ("*.*", "a.b", true), ("a*b*c", "abbc", true),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/", true),
    ])
    func examples(pattern: String, text: String, expected: Bool) {
        #expect(Glob.matches(pattern, text) == expected)
    }

    /// No pattern makes the matcher slow.
    @Test func hostilePatternsEnd() {
        let text = String(repeating: "a", count: 5_000)
        let time = ThreadTime()
        #expect(!Glob.matches(String(repeating: "a*", count: 500) + "b", text))
        #expect(!Glob.overlap(String(repeating: "*a", count: 200) + "c", String(repeating: "a", count: 500) + "b"))
        #expect(time.passed < .seconds(10))
    }
}
