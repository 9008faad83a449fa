import Documents
import Resources
import Testing

@Suite struct ValuePathTests {
    static let document: JSON = [
        "a": ["b": 1, "n": nil], "l": [["x": 1], ["x": [2, 3]], ["y": 4], nil], "d": [[["x": 5]], ["x": 6]],
    ]

    @Test(
        arguments: [("a.b", JSON.integer(1)), ("a.n", nil), ("a.c", nil), ("a.b.c", nil), ("l.x", nil), ("", document)]
            as [(String, JSON?)])
    func value(path: String, expected: JSON?) {
        #expect(ValuePath(path).value(in: Self.document) == expected)
    }

    @Test(
        arguments: [("a.b", [1]), ("l.x", [1, 2, 3]), ("d.x", [5, 6]), ("l.z", []), ("a.b.c", [])] as [(String, [JSON])]
    )
    func values(path: String, expected: [JSON]) {
        #expect(ValuePath(path).values(in: Self.document) == expected)
    }

    @Test func map() {
        let mapped = ValuePath("l.x").map(["l": [["x": 1, "y": 2], ["y": 3]], "z": 4]) { _ in "new" }
        #expect(mapped == ["l": [["x": "new", "y": 2], ["y": 3]], "z": 4])
        #expect(ValuePath("q.r").map(Self.document) { _ in "new" } == Self.document)
        #expect(ValuePath("a.b").description == "a.b")
    }
}

@Suite struct KeepListTests {
    private func keep(_ paths: [String], _ document: JSON) -> JSON {
        KeepList(paths.map { ValuePath($0) }).apply(to: document)
    }

    @Test func keepsWhatIsNamed() {
        let document: JSON = ["a": 1, "b": ["c": 2, "d": 3], "l": [["x": 1, "y": 2], ["y": 3]], "n": nil]
        #expect(keep([], document) == document)
        #expect(keep(["a", "n", "zz"], document) == ["a": 1])
        #expect(keep(["b.c"], document) == ["b": ["c": 2]])
        #expect(keep(["l.x"], document) == ["l": [["x": 1], [:]]])
        #expect(keep(["b"], document) == ["b": ["c": 2, "d": 3]])
        #expect(keep(["a.b"], document) == ["a": 1])
    }

    /// A path and a longer one through it: the shorter one says more.
    @Test(arguments: [["b", "b.c"], ["b.c", "b"], ["b.c", "b", "b.d.e"]])
    func theWholeWins(paths: [String]) {
        #expect(keep(paths, ["b": ["c": 2, "d": 3]]) == ["b": ["c": 2, "d": 3]])
    }
}

@Suite struct TemplateTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), ("{x}", "<x>"), ("a{x}b{y.z}c", "a<x>b<y.z>c"), ("{{x}}", "{x}"), ("{{{x}}}", "{<x>}"),
        ("}}{{", "}{"), ("'{{\"a\":{x}}}'", "'{\"a\":<x>}'"),
        ("{a b}", "<a b>"),
    ])
    func fills(source: String, expected: String) throws {
        let template = try #require(Template(source))
        #expect(template.filled { "<\($0)>" } == expected)
        #expect(template.source == source)
    }

    @Test(arguments: ["{", "}", "{}", "{x", "x}", "{a{b}}", "{{x}", "{x}}", "a } b"])
    func refuses(source: String) {
        #expect(Template(source) == nil)
    }

    @Test func aPlaceWithoutValue() throws {
        #expect(try #require(Template("{a}{b}")).filled { $0 == "a" ? "1" : nil } == nil)
    }
}
