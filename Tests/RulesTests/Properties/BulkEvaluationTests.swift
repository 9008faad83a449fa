import Documents
import Resources
import TestSupport
import Testing

@testable import Rules

/// Many rules over a text of resources: the same verdicts as one rule on one resource, in whatever order things come.
@Suite struct BulkEvaluationTests {
    private struct Case {
        var rules: [Rule]
        var resources: [Resource]

        init(seed: Int) {
            var random = RandomConditions(seed: UInt64(500 + seed))
            rules = (0..<30).map { number in
                var rule = Sample.rule(
                    "r\(number)", random.condition(),
                    on: random.chance(20) ? ["Test::Sample", "Test::Other"] : ["Test::Sample"])
                if random.chance(20) { rule.applicability = random.condition(depth: 1) }
                if random.chance(10) { rule.onUnknown = .fail }
                return rule
            }
            resources = (0..<40).map { random.resource("Test::Sample", "s\($0)") }
            resources += (0..<20).map { random.resource("Test::Other", "o\($0)") }
        }

        /// One line a resource.
        var records: [[UInt8]] { resources.map { $0.envelope.bytes() } }

        func verdicts(
            _ records: [[UInt8]]? = nil, rules: [Rule]? = nil, jobs: Int = 1
        ) async throws -> (lines: [String], counts: [String: BulkResults.Counts]) {
            let evaluator = BulkEvaluator(
                (rules ?? self.rules).map { BulkEvaluator.Assignment($0) }, catalog: Sample.catalog,
                facts: BulkEvaluator.Facts(now: Sample.now))
            let text = SnapshotText(records: records ?? self.records)
            let results = try await evaluator.run(text, jobs: jobs, keepsVerdicts: true)
            let counted = try await evaluator.run(text, jobs: jobs, keepsVerdicts: false)
            #expect(results.counts == counted.counts)
            return (
                results.verdicts.map(BulkEvaluationTests.line),
                Dictionary(uniqueKeysWithValues: zip(results.rules, results.counts))
            )
        }
    }

    @Test(arguments: 0..<24)
    func agreesWithOneRuleOnOneResource(seed: Int) async throws {
        let example = Case(seed: seed)
        let snapshot = Snapshot(
            account: "*", partition: "aws", regions: [], collectedAt: Sample.now, types: Set(Sample.catalog.names),
            resources: example.resources)
        let context = EvaluationContext(catalog: Sample.catalog, snapshot: snapshot)
        var expected: [String] = []
        for rule in example.rules {
            for verdict in RuleEvaluator(rule, in: context).verdicts() {
                expected.append(Self.line(verdict))
            }
        }
        let evaluator = BulkEvaluator(
            example.rules.map { BulkEvaluator.Assignment($0) }, catalog: Sample.catalog,
            facts: BulkEvaluator.Facts(now: Sample.now))
        let results = try await evaluator.run(SnapshotText(records: example.records), jobs: 1, keepsVerdicts: true)
        #expect(results.resources == example.resources.count)
        #expect(results.verdicts.map(Self.line).sorted() == expected.sorted())
    }

    /// All that a verdict says: evidence of related resources is read from the text a second time.
    private static func line(_ verdict: Verdict) -> String {
        // As text, in which 2 and 2.0 are the same.
        let evidence = verdict.evidence.map { "\($0.type) \($0.id) \($0.pointer) \($0.value.text())" }
        return "\(verdict.rule) \(verdict.uid) \(verdict.kind) \(evidence) \(verdict.causes) \(verdict.message)"
    }

    @Test(arguments: 0..<6, [1, 2, 3])
    func orderChangesNothing(seed: Int, jobs: Int) async throws {
        let example = Case(seed: seed)
        let before = try await example.verdicts()
        var generator = SeededGenerator(seed: UInt64(seed))
        let shuffled = try await example.verdicts(
            example.resources.shuffled(using: &generator).map { $0.envelope.shuffledText(using: &generator) },
            rules: example.rules.shuffled(using: &generator), jobs: jobs)
        #expect(shuffled.lines == before.lines)
        #expect(shuffled.counts == before.counts)
    }

    @Test(arguments: [
        ("{", "line 2: is not JSON"), ("[]", "line 2: is no resource"), ("{\"type\": 1}", "line 2: is no resource"),
        ("{\"type\": \"a\", \"id\": \"b\", \"account\": \"c\", \"region\": \"d\"}", "line 2: is no resource"),
        (String(repeating: "[", count: 10_000), "line 2: is not JSON"),
        ("{\"config\": 123456789012345678901234567890}", "line 2: is not JSON"),
    ])
    func badRecords(record: String, message: String) async throws {
        let evaluator = BulkEvaluator(
            [BulkEvaluator.Assignment(Sample.rule("r", .test(RandomConditions.always)))], catalog: Sample.catalog,
            facts: BulkEvaluator.Facts(now: Sample.now))
        let good = Sample.resource([:]).envelope.bytes() + [0x0A]
        let text = SnapshotText(records: [good, Array(record.utf8)])
        let error = await #expect(throws: BulkError.self) {
            try await evaluator.run(text, jobs: 1, keepsVerdicts: false)
        }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    /// What is told of a list of related resources must not overwrite the resource from which they are seen.
    @Test func relatedResourcesStayWhileTheirOwnAreTold() async throws {
        let condition = try #require(
            RuleParserTests.condition(
                "{related.others: {some: {as: it, all: [{related.others: {exists: true}}, {text: a}, {size: 7}]}}}"))
        func other(_ id: String, _ config: JSON) -> Resource {
            var resource = Sample.resource(config)
            (resource.type, resource.id) = ("Test::Other", id)
            return resource
        }
        let resources = [
            Sample.resource([:]),
            // The type of the first one is read last.
            other("o1", ["free": ["x": [1, 2, 3]], "names": ["b", "c"], "time": "2026-01-01T00:00:00Z"]),
            other("o2", ["text": "a", "size": 7]),
        ]
        let evaluator = BulkEvaluator(
            [BulkEvaluator.Assignment(Sample.rule("r", condition))], catalog: Sample.catalog,
            facts: BulkEvaluator.Facts(now: Sample.now))
        let text = SnapshotText(records: resources.map { $0.envelope.bytes() })
        let verdict = try #require(try await evaluator.run(text, jobs: 1, keepsVerdicts: true).verdicts.first)
        #expect(
            verdict.evidence == [
                Evidence(type: "Test::Other", id: "*", pointer: "", value: ["o1", "o2"]),
                Evidence(type: "Test::Other", id: "o2", pointer: "/text", value: "a"),
                Evidence(type: "Test::Other", id: "o2", pointer: "/size", value: 7),
            ])
    }

    /// Numbers that are written alike but are of two kinds.
    @Test func aRuleWithAFractionChangesNoOther() async throws {
        let share = try #require(RuleParserTests.condition("{share: 2.0}"))
        let count = try #require(RuleParserTests.condition("{sizes: {count: {lt: 2}}}"))
        let evaluator = BulkEvaluator(
            [Sample.rule("share", share), Sample.rule("count", count)].map { BulkEvaluator.Assignment($0) },
            catalog: Sample.catalog, facts: BulkEvaluator.Facts(now: Sample.now))
        let text = SnapshotText(records: [Sample.resource(["share": 2, "sizes": [1]]).envelope.bytes()])
        let verdicts = try await evaluator.run(text, jobs: 1, keepsVerdicts: true).verdicts
        #expect(verdicts.map(\.kind) == [.fail, .fail])
    }

    @Test func typesThatNobodyAskedForAreUnknown() async throws {
        let evaluator = BulkEvaluator(
            [BulkEvaluator.Assignment(Sample.rule("r", .test(RandomConditions.always)))], catalog: Sample.catalog,
            facts: BulkEvaluator.Facts(now: Sample.now))
        let results = try await evaluator.run(SnapshotText(records: []), jobs: 2, keepsVerdicts: true)
        #expect(results.counts == [BulkResults.Counts(pass: 0, fail: 0, notApplicable: 0, unknown: 1)])
        #expect(results.verdicts.first?.causes.first?.description == "Test::Sample: not collected")
        let asked = BulkEvaluator(
            [BulkEvaluator.Assignment(Sample.rule("r", .test(RandomConditions.always)))], catalog: Sample.catalog,
            facts: BulkEvaluator.Facts(now: Sample.now, types: ["Test::Sample"]))
        let empty = try await asked.run(SnapshotText(records: []), jobs: 2, keepsVerdicts: true)
        #expect(empty.counts == [BulkResults.Counts()])
    }
}

extension RandomConditions {
    /// Holds for every resource.
    static let always = Condition.Test(
        path: Path(kind: .region, text: "region", span: span),
        operations: [Operation(name: .exists, argument: .flag(true), span: span)], ifAbsent: nil, span: span)
}

extension JSON {
    /// The text with the members of objects in any order.
    func shuffledText(using generator: inout SeededGenerator) -> [UInt8] {
        switch self {
        case .array(let elements):
            var bytes: [UInt8] = [UInt8(ascii: "[")]
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += element.shuffledText(using: &generator)
            }
            return bytes + [UInt8(ascii: "]")]
        case .object(let object):
            var bytes: [UInt8] = [UInt8(ascii: "{")]
            for (index, member) in object.shuffled(using: &generator).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += JSON.string(member.key).bytes() + [UInt8(ascii: ":")]
                bytes += member.value.shuffledText(using: &generator)
            }
            return bytes + [UInt8(ascii: "}")]
        default: return bytes()
        }
    }
}
