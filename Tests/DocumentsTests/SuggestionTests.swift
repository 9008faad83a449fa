import Documents
import TestSupport
import Testing

@Suite struct SuggestionTests {
    @Test(
        arguments: [
            ("severty", ["severity", "title"], Optional("severity")), ("Severity", ["severity"], "severity"),
            ("hihg", ["high", "info"], "high"),
            ("xyz", ["abc"], nil), ("", ["a"], "a"), ("", ["ab"], nil), ("a", [], nil), ("ab", ["ba", "bb"], "ba"),
            ("cat", ["car", "bat"], "bat"), ("same", ["some", "same"], "same"),
        ] as [(String, [String], String?)])
    func closest(name: String, candidates: [String], expected: String?) {
        #expect(closestMatch(to: name, among: candidates) == expected)
        #expect(closestMatch(to: name, among: candidates.reversed()) == expected)
    }

    @Test func texts() {
        #expect(suggestion(for: "titel", among: ["title"]) == "did you mean `title`?")
        #expect(suggestion(for: "zzz", among: ["b", "aaaa"]) == "one of: aaaa, b")
        #expect(suggestion(for: "zzz", among: []) == nil)
        #expect(suggestion(for: "zzz", among: (0..<13).map { "name\($0)" }) == nil)
    }

    @Test func longNamesCostLittle() {
        let time = ThreadTime()
        #expect(
            closestMatch(to: String(repeating: "x", count: 1_000_000), among: Array(repeating: "title", count: 1_000))
                == nil)
        #expect(time.passed < .seconds(5))
    }
}
