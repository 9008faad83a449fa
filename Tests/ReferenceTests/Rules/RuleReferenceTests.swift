import Documents
import Rules
import TestSupport
import Testing
import Workspace

@testable import Reference

@Suite struct RuleReferenceTests {
    private func reference(_ id: String) throws -> RuleReference {
        let loaded = try #require(try Sample.loadedRules().first { $0.rule.id == id })
        return RuleReference(loaded, frameworks: Sample.frameworks)
    }

    @Test(arguments: ["queue-encrypted", "hostile"])
    func shown(id: String) throws {
        let rule = try reference(id)
        try Golden.expect(rule.text(.plain) + "\n", equals: "rules-\(id).txt")
        try Golden.expect(rule.json.text(.indented), equals: "rules-\(id).json")
    }

    @Test func listed() throws {
        let rules = try Sample.loadedRules().map { RuleReference($0, frameworks: Sample.frameworks) }
        try Golden.expect(RuleReference.table(rules, .plain) + "\n", equals: "rules.txt")
        try Golden.expect(JSON.array(rules.map(\.summary)).text(.indented), equals: "rules.json")
    }

    @Test(arguments: ["queue-encrypted", "hostile"])
    func isInert(id: String) throws {
        for line in try reference(id).text(.plain).split(separator: "\n") { #expect(String(line) == line.inert) }
        let table = RuleReference.table([try reference(id)], .plain)
        for line in table.split(separator: "\n") { #expect(String(line) == line.inert) }
    }

    /// The binary's rules have no tests: that is said, not shown as none.
    @Test func testsOfBuiltinRules() throws {
        let catalog = try Sample.builtinCatalog()
        let (workspace, _) = try WorkspaceLoader.load(
            MemoryTree([:]), catalog: catalog, regions: [], needsSettings: false)
        let references = RuleReference.all(of: workspace)
        #expect(references.count == workspace.rules.count)
        #expect(references.count > 20)
        for reference in references {
            #expect(reference.tests == nil)
            #expect(reference.scanner.map { Vocabulary.scanners.contains($0) } == true)
            #expect(reference.excerpts.contains { ["pass_when", "fail_when"].contains($0.key) })
            #expect(reference.text(.plain).contains("not part of the binary"))
            #expect(reference.json["tests"] == nil)
        }
    }

    // MARK: Filters

    struct Selection: Sendable, CustomTestStringConvertible {
        var filter: RuleFilter
        var expected: [String]
        var testDescription: String { expected.joined(separator: " ") }
    }

    @Test(arguments: [
        Selection(filter: RuleFilter(), expected: ["hostile", "queue-encrypted"]),
        Selection(filter: RuleFilter(severity: .high), expected: ["queue-encrypted"]),
        Selection(filter: RuleFilter(severity: .info), expected: []),
        Selection(filter: RuleFilter(resource: "AWS::Test::Topic"), expected: ["hostile"]),
        Selection(filter: RuleFilter(framework: "alpha"), expected: ["queue-encrypted"]),
        Selection(filter: RuleFilter(framework: "beta"), expected: []),
        Selection(filter: RuleFilter(severity: .low, framework: "alpha"), expected: []),
        Selection(filter: RuleFilter(scanner: "iam"), expected: []),
    ])
    func filters(selection: Selection) throws {
        let rules = try Sample.loadedRules().map { RuleReference($0, frameworks: Sample.frameworks) }
        #expect(rules.filter(selection.filter.holds).map(\.rule.id) == selection.expected)
    }
}
