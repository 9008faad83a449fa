import Documents
import Resources
import Testing

@testable import Rules

/// The compiled evaluator against the tree walker, on random rules and random documents.
@Suite struct CompiledEvaluationTests {
    /// 16 seeds × 80 rules × 80 resources: 102,400 pairs.
    static let rules = 80
    static let resources = 80

    @Test(arguments: 0..<16)
    func agreesWithTheTreeWalker(seed: Int) throws {
        var random = RandomConditions(seed: UInt64(seed))
        var kinds: [VerdictKind: Int] = [:]
        for _ in 0..<4 {
            let samples = (0..<Self.resources / 4).map { random.resource("Test::Sample", "s\($0)") }
            let others = (0..<5).map { random.resource("Test::Other", "o\($0)") }
            let gaps =
                random.chance(25)
                ? [CollectionGap(type: "Test::Other", region: "us-east-1", operation: "x:List", code: "Denied")] : []
            let snapshot = Snapshot(
                account: "111122223333", partition: "aws", regions: ["eu-west-1", "us-east-1"],
                collectedAt: Sample.now, types: random.chance(90) ? Set(Sample.catalog.names) : ["Test::Sample"],
                gaps: gaps, resources: samples + others)
            let context = EvaluationContext(catalog: Sample.catalog, snapshot: snapshot)
            for number in 0..<Self.rules {
                var rule = Sample.rule("r\(number)", random.condition())
                if random.chance(30) { rule.applicability = random.condition(depth: 1) }
                if random.chance(50) { rule.polarity = .passWhen }
                if random.chance(10) { rule.onUnknown = .fail }
                let settings: [String: JSON] = ["number": 2, "list": ["a", 2]]
                let evaluator = RuleEvaluator(rule, settings: settings, in: context)
                for sample in samples {
                    var walker = TreeWalker(sample, in: snapshot, catalog: Sample.catalog)
                    walker.parameters = settings
                    let expected = walker.verdict(rule)
                    let verdict = evaluator.verdict(for: sample)
                    kinds[expected, default: 0] += 1
                    // What is unknown says why.
                    if verdict.kind == .unknown { #expect(!verdict.causes.isEmpty, "\(rule.condition.description)") }
                    guard verdict.kind != expected else { continue }
                    Issue.record(
                        """
                        where \(rule.applicability.map(\.description) ?? "-")
                        \(rule.polarity.rawValue) \(rule.condition.description)
                        on \(sample.envelope.text())
                        the tree walker says \(expected), the compiled rule \(verdict.kind) (\(verdict.causes))
                        """)
                    return
                }
            }
        }
        // Rules and documents must be such that all verdicts come up, or the test says little.
        for kind in VerdictKind.allCases { #expect((kinds[kind] ?? 0) > 100, "\(kind): \(kinds)") }
    }
}
