import Documents
import TestSupport
import Testing

@testable import Rules

@Suite struct RuleParserTests {
    /// Reads a condition alone.
    static func condition(_ node: YAMLNode) -> Condition? {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "condition.yaml", text: ""))
        return ConditionParser.parse(node, &diagnostics)
    }

    static func condition(_ text: String) -> Condition? {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "condition.yaml", text: text))
        guard let node = YAMLReader.read(&diagnostics) else { return nil }
        let condition = ConditionParser.parse(node, &diagnostics)
        return diagnostics.hasErrors ? nil : condition
    }

    @Test(arguments: [
        ("a", true), ("0", true), ("a-b-9", true), (String(repeating: "a", count: 63), true),
        (String(repeating: "a", count: 64), false), ("", false), ("-a", false), ("A", false), ("a_b", false),
        ("a b", false), ("a\u{301}", false), ("é", false), ("a/b", false), ("..", false),
    ])
    func names(text: String, isName: Bool) {
        #expect(RuleParser.isName(text) == isName)
    }

    /// A rule that cannot be read says why: whatever is done to a file, no rule means an error.
    @Test(arguments: RuleFiles.paths)
    func neverFailsInSilence(path: String) throws {
        var generator = SeededGenerator(seed: UInt64(path.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF))
        let original = RuleFiles.load(path).diagnostics.file.bytes
        let snippets = [
            "[]", "{}", "~", "''", "-1", "{a: b}", "[a]", ":", "\"", "  ", "\n", "- ", "!x ", "&a ", "*a", "{", "]",
            "é",
        ]
        for _ in 0..<60 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let start = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...8, using: &generator))
                bytes.replaceSubrange(start..<end, with: Array((snippets.randomElement(using: &generator) ?? "").utf8))
            }
            let (rule, diagnostics) = RuleFiles.read(SourceFile(path: path, bytes: bytes))
            #expect(rule != nil || diagnostics.hasErrors, "\(String(decoding: bytes, as: UTF8.self))")
            for diagnostic in diagnostics.found { #expect(!diagnostic.text().isEmpty) }
        }
    }

    /// Each value of a rule's keys replaced by an empty list, an empty map and so on.
    @Test(arguments: RuleFiles.paths)
    func neverFailsInSilenceByKey(path: String) throws {
        let text = String(decoding: RuleFiles.load(path).diagnostics.file.bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true else { continue }
            for value in ["[]", "{}", "~", "''", "12", "[~]", "[{}]", "{x: y}", "[[]]"] {
                var changed = lines
                changed[index] = line[...colon] + " " + value
                let file = SourceFile(path: path, text: changed.joined(separator: "\n"))
                let (rule, diagnostics) = RuleFiles.read(file)
                #expect(rule != nil || diagnostics.hasErrors, "\(line) -> \(value)")
            }
        }
    }
}
