import AWSModels
import Documents
import Foundation
import Resources

@testable import Rules

/// The rules of the package, read from where they stand.
enum RuleFiles {
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let catalog: ResourceCatalog = {
        do { return try ResourceCatalog.builtin(models: .builtin()) } catch { fatalError("\(error)") }
    }()

    /// Tables that rules in tests can use.
    static let tables: [String: Table] = [
        "instance-types": Table(
            name: "instance-types", key: "name",
            columns: [Table.Column(name: "name", type: .text), Table.Column(name: "retired", type: .boolean)],
            source: "https://example.com", updated: RuleTest.defaultNow,
            rows: [
                "t1.micro": ["name": "t1.micro", "retired": true], "t3.micro": ["name": "t3.micro", "retired": false],
            ], path: "policies/tables/instance-types.yaml")
    ]

    /// Paths relative to the package, sorted.
    static let paths: [String] = {
        let folder = package.appending(path: "policies")
        guard let names = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.map { "policies/" + $0 }.sorted()
    }()

    /// All rules that parse, checked.
    static let rules: [Rule] = paths.compactMap { load($0).rule }

    static func load(_ path: String) -> (rule: Rule?, diagnostics: FileDiagnostics) {
        let data = FileManager.default.contents(atPath: package.appending(path: path).path) ?? Data()
        return read(SourceFile(path: path, bytes: Array(data)))
    }

    /// Parses and checks a rule; the rule is nil where it does not parse.
    static func read(
        _ file: SourceFile, fragments: [String: Fragment] = [:], tables: [String: Table] = [:],
        requiresTests: Bool = true
    ) -> (rule: Rule?, diagnostics: FileDiagnostics) {
        var diagnostics = FileDiagnostics(file: file)
        guard let rule = RuleParser.parse(&diagnostics) else { return (nil, diagnostics) }
        let checker = RuleChecker(catalog: catalog, fragments: fragments, tables: tables, requiresTests: requiresTests)
        let checked = checker.check(rule, &diagnostics)
        return (checked, diagnostics)
    }
}
