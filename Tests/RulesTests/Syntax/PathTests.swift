import Documents
import Testing

@testable import Rules

@Suite struct PathTests {
    @Test(arguments: [
        ("a", Path.Kind.members(["a"])), ("a.b.c", .members(["a", "b", "c"])),
        ("a['b.c'].d", .members(["a", "b.c", "d"])),
        ("['a b']", .members(["a b"])), ("this", .this), ("region", .region), ("account", .account),
        ("related.x", .related("x")),
        ("related", .members(["related"])), ("tags.Name", .tag("Name")), ("tags.a.b", .tag("a.b")),
        ("tags['a.b']", .tag("a.b")),
        ("tags.aws:x", .tag("aws:x")), ("tags", .members(["tags"])),
        ("a.b..c.d", .range(from: ["a", "b"], to: ["c", "d"])),
        ("this.x", .members(["this", "x"])),
    ])
    func reads(text: String, kind: Path.Kind) {
        #expect(Path(text, span: Span(line: 1, column: 1))?.kind == kind)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..", "..a", "a...b", "a['b", "a['b'", "['']['", "a[b]", "a.[b"])
    func refuses(text: String) {
        #expect(Path(text, span: Span(line: 1, column: 1)) == nil)
    }
}
