import Documents
import Resources
import Testing

@testable import Rules

@Suite struct RuleDependenciesTests {
    /// What a condition on `Test::Sample` reads of it, and of `Test::Other` where it does.
    @Test(
        arguments: [
            ("{text: a}", ["text"], nil), ("{inner.text: a}", ["inner"], nil),
            ("{low..high: {covers_any: [1]}}", ["low", "high"], nil),
            ("{all: [{text: a}, {not: {flag: true}}]}", ["text", "flag"], nil),
            ("{rules: {some: {port: {eq: {ref: $.size}}}}}", ["rules", "size"], nil),
            ("{names: {count: {lt: {ref: $.size}}}}", ["names", "size"], nil),
            ("{text: {in: {ref: $.names}}}", ["text", "names"], nil),
            ("{tags.a: b, region: c}", [], nil),
            ("{related.others: {some: {text: a, size: {gt: {ref: $.low}}}}}", ["low"], ["text", "size"]),
            ("{related.others: {exists: true}}", [], []),
            ("{related.named: {some: {flag: true}}}", ["names"], ["text", "flag"]),
            // Back along a relation: the key of both sides is read.
            ("{related.others: {some: {related.named_by: {none: {state: on}}}}}", [], ["text", "names", "state"]),
            ("{use: shared}", ["share"], nil),
        ] as [(String, Set<String>, Set<String>?)])
    func membersThatAreRead(condition: String, own: Set<String>, other: Set<String>?) throws {
        let condition = try #require(RuleParserTests.condition(condition))
        let fragment = try #require(RuleParserTests.condition("{share: {gt: 1}}"))
        let dependencies = RuleDependencies(
            [Sample.rule("r", condition)],
            fragments: [
                "shared": Fragment(name: "shared", resource: "Test::Sample", condition: fragment, path: "shared.yaml")
            ], catalog: Sample.catalog)
        #expect(dependencies.members["Test::Sample"] == own)
        #expect(dependencies.members["Test::Other"] == other)
    }
}
