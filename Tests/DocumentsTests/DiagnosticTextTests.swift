import Documents
import Testing

@Suite struct DiagnosticTextTests {
    private func text(
        _ source: String, _ span: Span?, message: String = "wrong", help: String? = nil, style: TextStyle = .plain
    ) -> String {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "dir/f.yaml", text: source))
        diagnostics.error("area/code", message, at: span, help: help)
        return diagnostics.found.map { $0.text(style: style) }.joined()
    }

    @Test func excerptAndCarets() {
        #expect(
            text("a: 1\nbee: [x]\n", Span(line: 2, column: 1, length: 3), help: "do this") == """
                error[area/code]: wrong
                  --> dir/f.yaml:2:1
                   |
                 2 | bee: [x]
                   | ^^^
                   = help: do this

                """)
    }

    @Test func widerLineNumbersKeepTheMargin() {
        #expect(
            text(String(repeating: "\n", count: 99) + "abc", Span(line: 100, column: 2), help: "do this") == """
                error[area/code]: wrong
                  --> dir/f.yaml:100:2
                     |
                 100 | abc
                     |  ^
                     = help: do this

                """)
    }

    @Test func wholeFile() {
        #expect(text("", nil, help: "h") == "error[area/code]: wrong\n  --> dir/f.yaml\n   = help: h\n")
    }

    @Test func warnings() {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "f", text: "x"))
        diagnostics.warning("a/b", "w", at: Span(line: 1, column: 1))
        #expect(!diagnostics.hasErrors)
        #expect(diagnostics.found[0].text().hasPrefix("warning[a/b]: w\n"))
    }

    /// The caret stands below the character, whatever stands before it.
    @Test(arguments: [
        ("\ta: x", 5, 1), ("é日😀: x", 6, 1), ("e\u{301}e\u{301}: xyz", 7, 3), ("\u{1B}[31m: x", 8, 1),
        ("\u{202E}ab", 2, 2), ("👨‍👩‍👧: xyz", 8, 3),
    ])
    func caretColumn(line: String, column: Int, length: Int) throws {
        let lines = text(line, Span(line: 1, column: column, length: length)).split(
            separator: "\n", omittingEmptySubsequences: false)
        let excerpt = Array(lines[3].unicodeScalars)
        let carets = Array(lines[4].unicodeScalars)
        let start = try #require(carets.firstIndex(of: "^"))
        #expect(carets.count { $0 == "^" } == length)
        #expect(excerpt[start] == Array(line.unicodeScalars)[column - 1])
        #expect(carets.count <= excerpt.count)
    }

    @Test(arguments: [(1, 0), (1, 1), (1, 100), (1, 300), (1, 301), (1, 5_000), (2, 1), (0, 1), (-1, -1)])
    func anyPlaceCanBeShown(line: Int, column: Int) {
        let long = String(repeating: "x", count: 300)
        for source in ["", "abc", long] {
            let shown = text(source, Span(line: line, column: column, length: 1_000))
            #expect(shown.hasPrefix("error[area/code]: wrong\n"))
            #expect(shown.split(separator: "\n").allSatisfy { $0.count < 180 })
        }
    }

    @Test func longLinesAreCutAroundTheColumn() throws {
        let line = String(repeating: "a", count: 400) + "HERE" + String(repeating: "b", count: 400)
        let lines = text(line, Span(line: 1, column: 401, length: 4)).split(separator: "\n")
        let start = try #require(lines[4].firstIndex(of: "^"))
        let offset = lines[4].distance(from: lines[4].startIndex, to: start)
        #expect(lines[3].dropFirst(offset).prefix(4) == "HERE")
        #expect(lines[3].count <= 170)
    }

    /// Nothing that a file holds reaches the terminal as more than text.
    @Test func hostileTextIsNeutralised() {
        let hostile = "\u{1B}[2J\u{202E}\u{2066}\u{7}\u{9B}31m\u{0}\r\u{200F}\u{2028}"
        let shown = text(hostile, Span(line: 1, column: 1), message: hostile, help: hostile)
        for scalar in shown.unicodeScalars where scalar != "\n" {
            #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value), "\(scalar.value)")
            #expect(![0x202E, 0x2066, 0x200F, 0x2028].contains(scalar.value))
        }
        #expect(shown.contains("\u{FFFD}[2J"))
        let diagnostic = Diagnostic(code: "a/b", message: "m", path: hostile)
        #expect(!diagnostic.text().contains("\u{1B}"))
    }

    @Test func colours() {
        let shown = text("abc", Span(line: 1, column: 1), style: .ansi)
        #expect(shown.hasPrefix("\u{1B}[1;31merror[area/code]\u{1B}[0m: \u{1B}[1mwrong\u{1B}[0m\n"))
        #expect(shown.contains("\u{1B}[1;31m^\u{1B}[0m"))
    }

    @Test func readingOrder() {
        let make = { (path: String, span: Span?, code: String) in
            Diagnostic(code: code, message: "", path: path, span: span)
        }
        let sorted = [
            make("B", nil, "z"), make("a", nil, "z"), make("a", Span(line: 1, column: 1), "a"),
            make("a", Span(line: 1, column: 1), "b"),
            make("a", Span(line: 1, column: 2), "a"), make("a", Span(line: 10, column: 1), "a"),
        ]
        #expect(sorted.reversed().sorted(by: Diagnostic.inReadingOrder) == sorted)
    }

    @Test(arguments: [(1, "a"), (2, "b"), (3, ""), (4, nil), (0, nil)] as [(Int, String?)])
    func lines(number: Int, expected: String?) {
        #expect(SourceFile(path: "f", text: "a\r\nb\n").line(number) == expected)
    }
}
