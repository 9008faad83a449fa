import Documents
import TestSupport
import Testing

@Suite struct YAMLReaderTests {
    static func read(_ bytes: [UInt8], _ limits: YAMLLimits = YAMLLimits()) -> (node: YAMLNode?, found: [Diagnostic]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "f.yaml", bytes: bytes))
        let node = YAMLReader.read(&diagnostics, limits: limits)
        return (node, diagnostics.found)
    }

    static func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> (node: YAMLNode?, found: [Diagnostic]) {
        read(Array(text.utf8), limits)
    }

    @Test(
        arguments: [
            ("12", "12"),
            ("-1", "-1"),
            ("+1", "1"),
            ("0", "0"),
            ("012345678901", #""012345678901""#),
            ("00", #""00""#),
            ("-012", #""-012""#),
            ("0.5", "0.5"),
            (".5", "0.5"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("99999999999999999999", #""99999999999999999999""#),
            ("1e400", #""1e400""#),
            ("true", "true"),
            ("True", "true"),
            ("FALSE", "false"),
            ("yes", #""yes""#),
            ("no", #""no""#),
            ("null", "null"),
            ("~", "null"),
            ("Null", "null"),
            (#""null""#, #""null""#),
            ("'true'", #""true""#),
            (#""12""#, #""12""#),
            ("2026-01-15", #""2026-01-15""#),
            ("12:30:45", #""12:30:45""#),
            ("0x1F", #""0x1F""#),
            ("1_000", #""1_000""#),
            (".inf", #"".inf""#),
            ("1.2.3", #""1.2.3""#),
            ("1-2", #""1-2""#),
            ("-", "[null]"),
            ("--1", #""--1""#),
            (".", #"".""#),
            ("10.0.0.0/8", #""10.0.0.0/8""#),
            ("[1, a, [], {}]", #"[1,"a",[],{}]"#),
            ("{a: 1, b: {c: ~}}", #"{"a":1,"b":{"c":null}}"#),
            (#""\u00e9\n""#, #""é\n""#),
            ("'it''s'", #""it's""#),
            ("|\n  a\n  b\n", #""a\nb\n""#),
            (">-\n  a\n  b\n", #""a b""#),
            ("|\n  true\n", #""true\n""#),
            ("a # no", #""a""#),
            ("a#b", #""a#b""#),
            ("{a: }", #"{"a":null}"#),
        ] as [(String, String)])
    func values(text: String, expected: String) {
        #expect(Self.read(text).node?.json.text() == expected)
    }

    @Test(
        arguments: [
            ("", "yaml/empty"), ("# nothing\n", "yaml/empty"), ("a: [", "yaml/syntax"), ("a: b: c", "yaml/syntax"),
            ("\ta: b", "yaml/syntax"), ("*a", "yaml/alias"),
            ("a: &x [*x]", "yaml/alias"), ("a: 1\na: 2", "yaml/duplicate-key"),
            ("{a: 1, \"a\": 2}", "yaml/duplicate-key"), ("a: {b: 1, b: 2}", "yaml/duplicate-key"),
            ("- {a: 1, a: 2}", "yaml/duplicate-key"), ("? [a]\n: b", "yaml/key"), ("? {a: b}\n: c", "yaml/key"),
            ("a: !x b", "yaml/tag"), ("!x a: b", "yaml/tag"),
            ("!x {a: b}", "yaml/tag"), ("a\n---\nb", "yaml/several-documents"), ("a: \"\u{7}\"", "yaml/syntax"),
            ("%YAML 9.9\n---\na", "yaml/syntax"), ("'open", "yaml/syntax"),
            ("a: @b", "yaml/syntax"), ("&a &b c", "yaml/syntax"),
        ] as [(String, String)])
    func faults(text: String, code: String) {
        let (node, found) = Self.read(text)
        #expect(node == nil)
        #expect(found.map(\.code) == [code], "\(found.map { $0.text() }.joined())")
    }

    @Test func explicitDocumentMarksAreFine() {
        #expect(Self.read("---\na: 1\n...\n").node?.json == ["a": 1])
        #expect(Self.read("\u{FEFF}a: 1").node?.json == ["a": 1])
        #expect(Self.read("a: 1\r\nb: 2\r\n").node?.json == ["a": 1, "b": 2])
    }

    @Test func tagsThatAreKnown() throws {
        var limits = YAMLLimits()
        limits.tags = ["!uncollected"]
        let node = try #require(Self.read("{a: !uncollected 12, b: !uncollected [1], c: !uncollected }", limits).node)
        #expect(node["a"]?.tag == "!uncollected")
        #expect(node["a"]?.json == "12")
        #expect(node["b"]?.tag == "!uncollected")
        #expect(node["c"]?.isNull == false)
    }

    @Test func anchors() throws {
        let node = try #require(Self.read("a: &x {k: [1]}\nb: *x\nc: &x 2\nd: *x\n*x : e").node)
        #expect(node.json == ["a": ["k": [1]], "b": ["k": [1]], "c": 2, "d": 2, "2": "e"])
    }

    /// Ten levels of ten aliases each would be ten thousand million nodes.
    @Test func aliasBombsEndInMilliseconds() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        let time = ThreadTime()
        let (node, found) = Self.read(text)
        #expect(time.passed < .milliseconds(2_000))
        #expect(node == nil)
        #expect(found.map(\.code) == ["yaml/too-many-nodes"])
    }

    @Test func depth() {
        let nested = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        #expect(Self.read(nested(64)).node != nil)
        #expect(Self.read(nested(65)).found.map(\.code) == ["yaml/too-deep"])
        #expect(Self.read(nested(200_000)).found.map(\.code) == ["yaml/too-deep"])
        #expect(Self.read(String(repeating: "{a: ", count: 100_000)).found.map(\.code) == ["yaml/too-deep"])
    }

    /// Each anchor is shallow, their sum is not.
    @Test func depthThroughAliases() {
        let open = String(repeating: "[", count: 40)
        let close = String(repeating: "]", count: 40)
        #expect(Self.read("a: &a \(open)x\(close)\nb: [[[*a]]]").node != nil)
        #expect(Self.read("a: &a \(open)x\(close)\nb: \(open)*a\(close)").found.map(\.code) == ["yaml/too-deep"])
    }

    @Test func size() {
        let limits = YAMLLimits()
        #expect(Self.read("a: " + String(repeating: "x", count: limits.size)).found.map(\.code) == ["yaml/too-large"])
        let list = "[" + String(repeating: "x,", count: limits.nodes) + "]"
        #expect(Self.read(list).found.map(\.code) == ["yaml/too-many-nodes"])
    }

    @Test(
        arguments: [
            ([0xFF], Span(line: 1, column: 1)), (Array("a: b\nc: é".utf8) + [0xC3], Span(line: 2, column: 5)),
            (Array("é".utf8) + [0xED, 0xA0, 0x80], Span(line: 1, column: 2)),
            (Array("a\n\n".utf8) + [0x80, 0x0A], Span(line: 3, column: 1)),
            ([0xF5, 0x80, 0x80, 0x80], Span(line: 1, column: 1)), ([0xC0, 0x80], Span(line: 1, column: 1)),
        ] as [([UInt8], Span)])
    func invalidUTF8(bytes: [UInt8], expected: Span) {
        let (node, found) = Self.read(bytes)
        #expect(node == nil)
        #expect(found.map(\.code) == ["yaml/not-utf8"])
        #expect(found.first?.span == expected)
    }

    /// A fault at the end of one long line is found without reading the line again and again.
    @Test func invalidUTF8InALongLine() {
        let time = ThreadTime()
        let (_, found) = Self.read([UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000) + [0xFF])
        #expect(found.first?.span == Span(line: 1, column: 1_000_001))
        #expect(time.passed < .seconds(5))
    }

    @Test(
        arguments: [
            ("a: \"\u{7}\"", 1, 5), ("a: 1\nb: é\u{7}", 2, 5), ("a: \"x\u{2028}y\"\nb: [", 2, 5),
            ("a: \"x\u{85}y\"\nb: !t c", 2, 4), ("a: é日😀\n\n  c: [}", 3, 4),
            ("a: \"x\ry\"\nb: !t c", 2, 4),
        ] as [(String, Int, Int)])
    func placesAreThoseOfEditors(text: String, line: Int, column: Int) throws {
        let span = try #require(Self.read(text).found.first?.span)
        #expect(span.line == line)
        if !text.contains("[") { #expect(span.column == column) }
    }

    @Test func spansOfNodes() throws {
        let node = try #require(Self.read("é: [日本, \"b c\"]\nd:\n  |\n  text\n").node)
        let list = try #require(node["é"]?.sequence)
        #expect(list.map(\.span) == [Span(line: 1, column: 5, length: 2), Span(line: 1, column: 9, length: 5)])
        #expect(node.mapping?.map(\.key.span) == [Span(line: 1, column: 1), Span(line: 2, column: 1)])
        #expect(node["d"]?.span.line == 3)
    }

    /// Thousands of faults on one long line must not copy the line thousands of times.
    @Test func manyFaultsOnOneLine() {
        let time = ThreadTime()
        let text = "{" + (0..<40_000).map { "k\($0): 1" }.joined(separator: ", ") + "}"
        var diagnostics = FileDiagnostics(file: SourceFile(path: "f.yaml", text: text))
        guard let node = YAMLReader.read(&diagnostics) else {
            Issue.record("does not parse")
            return
        }
        var map = YAMLMapReader(node, of: "a thing", area: "thing", &diagnostics)
        _ = map.string("name", required: true, &diagnostics)
        map.finish(&diagnostics)
        #expect(diagnostics.found.count == 40_001)
        #expect(time.passed < .seconds(10))
    }
}
