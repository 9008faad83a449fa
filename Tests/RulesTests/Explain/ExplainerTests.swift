import Documents
import Resources
import Testing

@testable import Rules

@Suite struct ExplainerTests {
    private static func explanation(
        _ condition: Condition, _ resource: Resource, others: [Resource] = [], gaps: [CollectionGap] = []
    ) throws -> (RuleExplanation, Verdict) {
        let snapshot = Snapshot(
            account: resource.account, partition: "aws", regions: [resource.region], collectedAt: Sample.now,
            types: Set(Sample.catalog.names), gaps: gaps, resources: [resource] + others)
        let evaluator = RuleEvaluator(
            Sample.rule("r", condition), in: EvaluationContext(catalog: Sample.catalog, snapshot: snapshot))
        return (try #require(evaluator.explanation(of: resource)), evaluator.verdict(for: resource))
    }

    /// The tree as text: truth and words of each part, values and causes behind them.
    private static func outline(_ part: Explanation, _ depth: Int = 0) -> [String] {
        let values = part.values.map { "\($0.pointer)=\($0.value.text())" } + part.causes.map { "? \($0.detail)" }
        let line = String(repeating: "  ", count: depth) + "\(part.truth) \(part.text)"
        return [values.isEmpty ? line : "\(line) [\(values.joined(separator: ", "))]"]
            + part.parts.flatMap { outline($0, depth + 1) } + (part.omitted > 0 ? ["+\(part.omitted)"] : [])
    }

    @Test func tellsWhatEachPartRead() throws {
        let condition = try #require(
            RuleParserTests.condition(
                "{all: [{size: {gt: 3}}, {not: {flag: true}}, {rules: {some: {port: 22}}}, {low..high: {covers_any: [5]}}]}"
            ))
        let resource = Sample.resource(
            ["size": 4, "rules": [["port": 80], ["port": 22]], "low": 1], uncollected: ["flag": "AccessDenied"])
        let (explanation, _) = try Self.explanation(condition, resource)
        #expect(
            Self.outline(try #require(explanation.condition)) == [
                "unknown all", "  true size gt: 3 [/size=4]", "  unknown not",
                "    unknown flag eq: true [/flag=null, ? AccessDenied]",
                "  true rules some", "    true /rules/1", "      true port eq: 22 [/rules/1/port=22]",
                "    false /rules/0",
                "      false port eq: 22 [/rules/0/port=80]",
                "  unknown low..high covers_any: [5] [/low=1, /high=null, ? absent]",
            ])
    }

    @Test func tellsOfRelatedResources() throws {
        let condition = try #require(RuleParserTests.condition("{related.others: {some: {text: a}}}"))
        var other = Sample.resource(["text": "a"])
        (other.type, other.id) = ("Test::Other", "o")
        let (found, _) = try Self.explanation(condition, Sample.resource([:]), others: [other])
        #expect(
            Self.outline(try #require(found.condition)) == [
                "true related.others some", "  true Test::Other o", "    true text eq: \"a\" [/text=\"a\"]",
            ])
        let gap = CollectionGap(type: "Test::Other", region: "eu-west-1", operation: "x:List", code: "AccessDenied")
        let (hidden, _) = try Self.explanation(condition, Sample.resource([:]), others: [other], gaps: [gap])
        #expect(
            Self.outline(try #require(hidden.condition)) == ["unknown related.others some [? AccessDenied from x:List]"]
        )
    }

    @Test func ofLongListsTheDecisiveElementsComeFirst() throws {
        let condition = try #require(RuleParserTests.condition("{sizes: {some: {this: 14}}}"))
        let sizes = JSON.array((0..<15).map { .integer(Int64($0)) })
        let (explanation, _) = try Self.explanation(condition, Sample.resource(["sizes": sizes]))
        let list = try #require(explanation.condition)
        #expect(list.parts.first?.text == "/sizes/14")
        #expect(list.parts.count == 10)
        #expect(list.omitted == 5)
    }

    /// Whatever the rule, the tree adds up: each part's truth follows from its own parts.
    @Test(arguments: 0..<8)
    func addsUp(seed: Int) throws {
        var random = RandomConditions(seed: UInt64(700 + seed))
        for _ in 0..<80 {
            let others = (0..<3).map { random.resource("Test::Other", "o\($0)") }
            let (explanation, verdict) = try Self.explanation(
                random.condition(), random.resource("Test::Sample", "s"), others: others)
            let condition = try #require(explanation.condition)
            let kind: VerdictKind =
                switch condition.truth {
                case .true: .fail
                case .false: .pass
                case .unknown: .unknown
                }
            #expect(kind == verdict.kind)
            expectSum(condition)
        }
    }

    private func expectSum(_ part: Explanation) {
        let truths = part.parts.map(\.truth)
        switch part.text {
        case "all": #expect(part.truth == Truth.all(truths))
        case "any": #expect(part.truth == Truth.any(truths))
        case "not": #expect(part.truth == truths.first.map { !$0 })
        default: break
        }
        if part.truth == .unknown { #expect(!part.causes.isEmpty || !part.parts.isEmpty, "\(part.text)") }
        for inner in part.parts { expectSum(inner) }
    }
}
