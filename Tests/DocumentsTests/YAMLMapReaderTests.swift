import Documents
import Testing

@Suite struct YAMLMapReaderTests {
    private enum Color: String, CaseIterable { case red, green }

    /// Reads one key of each kind, and returns the codes and messages.
    private func faults(_ text: String) throws -> [String] {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "f.yaml", text: text))
        let node = try #require(YAMLReader.read(&diagnostics))
        var map = YAMLMapReader(node, of: "a thing", area: "thing", &diagnostics)
        _ = map.string("name", required: true, &diagnostics)
        _ = map.integer("count", in: 1...9, &diagnostics)
        _ = map.bool("flag", &diagnostics)
        _ = map.choice("color", of: Color.self, &diagnostics)
        _ = map.strings("list", &diagnostics)
        _ = map.stringMap("map", &diagnostics)
        map.finish(&diagnostics)
        return diagnostics.found.map { "\($0.code): \($0.message)" }
    }

    @Test(
        arguments: [
            ("{name: x, count: 3, flag: true, color: red, list: [a, 1], map: {a: 1}}", []), ("{name: 12}", []),
            ("{name: ~}", ["thing/missing-key: a thing needs the key `name`"]),
            ("{}", ["thing/missing-key: a thing needs the key `name`"]),
            ("[]", ["thing/type: a thing must be a map, not a list"]),
            ("x", ["thing/type: a thing must be a map, not a string"]),
            ("{name: [x]}", ["thing/type: `name` must be text, not a list"]),
            ("{name: x, count: 10}", ["thing/range: `count` must be from 1 to 9"]),
            ("{name: x, count: \"3\"}", ["thing/type: `count` must be a whole number, not a string"]),
            ("{name: x, flag: yes}", ["thing/type: `flag` must be true or false, not a string"]),
            ("{name: x, color: blue}", ["thing/value: `color` cannot be `blue`"]),
            ("{name: x, color: [red]}", ["thing/value: `color` cannot be a list"]),
            ("{name: x, list: a}", ["thing/type: `list` must be a list, not a string"]),
            ("{name: x, list: [~]}", ["thing/type: `list` must hold text, not null"]),
            ("{name: x, map: {a: [b]}}", ["thing/type: `map` must hold text, not a list"]),
            (
                "{nane: x}",
                ["thing/missing-key: a thing needs the key `name`", "thing/unknown-key: a thing has no key `nane`"]
            ),
        ] as [(String, [String])])
    func faultsOfKeys(text: String, expected: [String]) throws {
        #expect(try faults(text) == expected)
    }
}
