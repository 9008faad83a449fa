import Documents
import Testing

@testable import Rules

@Suite struct TableParserTests {
    private static let good = """
        table: runtimes
        key: name
        columns: {name: text, ends: timestamp, major: integer, retired: boolean}
        source: https://example.com
        updated: 2026-01-15
        rows:
          - {name: 3.10, ends: 2026-10-31, major: 3, retired: false}
          - {name: node22}
        """

    private static func parse(_ text: String) -> (table: Table?, found: [Diagnostic]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "policies/tables/runtimes.yaml", text: text))
        return (TableParser.parse(&diagnostics), diagnostics.found)
    }

    @Test func reads() throws {
        let table = try #require(Self.parse(Self.good).table)
        #expect(table.rows["3.10"] == ["name": "3.10", "ends": "2026-10-31", "major": 3, "retired": false])
        #expect(table.rows["node22"] == ["name": "node22"])
        #expect(table.values(of: "name") == ["3.10", "node22"])
        #expect(table.values(of: "major") == [3])
    }

    @Test(arguments: [
        ("key: name", "key: nmae", "table/value"), ("key: name", "key: major", "table/value"),
        ("{name: text,", "{name: txt,", "table/value"), ("columns: {", "column: {", "table/missing-key"),
        ("source: https://example.com\n", "", "table/missing-key"), ("2026-01-15", "lately", "table/value"),
        ("major: 3,", "major: three,", "table/value"), ("retired: false", "retired: \"false\"", "table/value"),
        ("ends: 2026-10-31", "ends: soon", "table/value"), ("retired: false", "retird: false", "table/unknown-key"),
        ("{name: node22}", "{major: 22}", "table/missing-key"), ("{name: node22}", "{name: 3.10}", "table/duplicate"),
        ("  - {name: node22}", "  - node22", "table/missing-key"), ("table: runtimes", "table: [a]", "table/type"),
    ])
    func faults(good: String, bad: String, code: String) {
        let (table, found) = Self.parse(Self.good.replacing(good, with: bad))
        #expect(table == nil)
        #expect(found.contains { $0.code == code }, "\(found.map { $0.text() }.joined())")
        #expect(found.allSatisfy { $0.span != nil })
    }
}
