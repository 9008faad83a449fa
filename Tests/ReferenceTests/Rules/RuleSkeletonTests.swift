import AWSModels
import Documents
import Resources
import Rules
import Testing
import Workspace

@testable import Reference

@Suite struct RuleSkeletonTests {
    /// As written, without a fault or a warning, and all of its tests pass.
    @Test func everyTypeHasAValidOne() throws {
        for catalog in [try Sample.builtinCatalog(), try Sample.catalog()] {
            for name in catalog.names {
                let type = try #require(catalog[name])
                let text = try #require(RuleSkeleton.text(id: "new-rule", type: type))
                let (workspace, diagnostics) = try WorkspaceLoader.loadRules(
                    MemoryTree(["new-rule.yaml": text]), catalog: catalog)
                #expect(diagnostics.isEmpty, "\(name): \(diagnostics.map { $0.text() }.joined())")
                let rule = try #require(workspace.rules.first?.rule, "\(name)")
                #expect(rule.id == "new-rule" && rule.resources == [name])
                let outcomes = RuleTestRunner(catalog: catalog).run(rule)
                #expect(outcomes.map(\.expected) == [.fail, .pass, .unknown])
                for outcome in outcomes { #expect(outcome.fault == nil, "\(name): \(outcome.fault ?? "")") }
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var members: [String: Schema]
        var condition: String
        var testDescription: String { condition }
    }

    /// A switch, else an enumeration, else anything; never what identifies the resource or is sensitive.
    @Test(arguments: [
        Case(
            members: ["A": .text(values: ["x", "y"]), "B": .boolean, "C": .boolean],
            condition: "C: {eq: true, if_absent: false}"),
        Case(
            members: ["A": .text(values: ["no", "1"]), "B": .text(values: [])],
            condition: "A: {eq: \"no\", if_absent: \"1\"}"),
        Case(
            members: ["A": .structure(["B": .boolean]), "Z": .list(.boolean)],
            condition: "A.B: {eq: true, if_absent: false}"),
        Case(members: ["A": .text(values: ["one"])], condition: "A: {exists: true}"),
        Case(members: ["A": .list(.text(values: []))], condition: "A: {exists: true}"),
        Case(members: ["A": .timestamp, "odd key": .boolean], condition: "A: {exists: true}"),
        Case(members: ["Secret": .boolean, "A": .any], condition: "A: {exists: true}"),
    ])
    func question(entry: Case) throws {
        let type = try self.type(entry.members.merging(["QueueName": .text(values: [])]) { first, _ in first })
        let text = try #require(RuleSkeleton.text(id: "x", type: type))
        #expect(text.contains("pass_when:\n  \(entry.condition)\n"), "\(text)")
    }

    @Test func nothingToAsk() throws {
        #expect(RuleSkeleton.text(id: "x", type: try type(["QueueName": .text(values: [])])) == nil)
    }

    private func type(_ members: [String: Schema]) throws -> ResourceType {
        let queue = try #require(try Sample.catalog()["AWS::Test::Queue"])
        return ResourceType(
            manifest: queue.manifest, schema: .structure(members), sensitive: [ValuePath("Secret")])
    }
}
