import Documents
import Resources
import Testing

@testable import Rules

/// Laws that hold whatever the rule and the document, unknowns included.
@Suite struct LogicPropertyTests {
    /// A document, and others that it can be related to.
    private struct World {
        var sample: Resource
        var others: [Resource]

        init(_ random: inout RandomConditions) {
            sample = random.resource("Test::Sample", "s")
            others = (0..<3).map { random.resource("Test::Other", "o\($0)") }
        }

        func truth(_ condition: Condition) -> Truth {
            let rule = Sample.rule("r", condition)
            return switch kind(rule) {
            case .fail: .true
            case .pass: .false
            default: .unknown
            }
        }

        func kind(_ rule: Rule) -> VerdictKind {
            let snapshot = Snapshot(
                account: sample.account, partition: "aws", regions: ["eu-west-1"], collectedAt: Sample.now,
                types: Set(Sample.catalog.names), resources: [sample] + others)
            return RuleEvaluator(rule, in: EvaluationContext(catalog: Sample.catalog, snapshot: snapshot))
                .verdict(for: sample).kind
        }
    }

    @Test(arguments: 0..<8)
    func notTwiceIsTheIdentity(seed: Int) {
        var random = RandomConditions(seed: UInt64(100 + seed))
        for _ in 0..<150 {
            let world = World(&random)
            let condition = random.condition()
            #expect(world.truth(.not(.not(condition))) == world.truth(condition), "\(condition.description)")
            #expect(world.truth(.not(condition)) == !world.truth(condition), "\(condition.description)")
        }
    }

    @Test(arguments: 0..<8)
    func deMorgan(seed: Int) {
        var random = RandomConditions(seed: UInt64(200 + seed))
        for _ in 0..<150 {
            let world = World(&random)
            let parts = (0..<3).map { _ in random.condition(depth: 2) }
            let negated = parts.map { Condition.not($0) }
            #expect(world.truth(.not(.all(parts))) == world.truth(.any(negated)))
            #expect(world.truth(.not(.any(parts))) == world.truth(.all(negated)))
        }
    }

    @Test(arguments: 0..<8)
    func everyIsNotSomeNot(seed: Int) {
        var random = RandomConditions(seed: UInt64(300 + seed))
        for _ in 0..<150 {
            let world = World(&random)
            for (path, scope) in [
                (Path.Kind.members(["rules"]), RandomConditions.Scope.structure), (.members(["names"]), .text),
                (.related("others"), .other), (.related("named"), .other),
            ] {
                let inner = random.condition(scope, depth: 2)
                func quantified(_ name: OperatorName, _ condition: Condition) -> Condition {
                    .test(
                        Condition.Test(
                            path: Path(kind: path, text: "p", span: RandomConditions.span),
                            operations: [
                                Operation(
                                    name: name, argument: .quantified(condition, binding: nil),
                                    span: RandomConditions.span)
                            ], ifAbsent: nil, span: RandomConditions.span))
                }
                let every = world.truth(quantified(.every, inner))
                #expect(every == world.truth(.not(quantified(.some, .not(inner)))), "\(inner.description)")
                #expect(every == world.truth(quantified(.none, .not(inner))), "\(inner.description)")
            }
        }
    }

    @Test(arguments: 0..<8)
    func whatIsHiddenOnlyMakesUnknown(seed: Int) {
        var random = RandomConditions(seed: UInt64(400 + seed))
        for _ in 0..<60 {
            let world = World(&random)
            var rule = Sample.rule("r", random.condition())
            if random.chance(30) { rule.applicability = random.condition(depth: 1) }
            let before = world.kind(rule)
            for place in world.sample.config.places {
                var hidden = world
                hidden.sample = world.sample.hiding(place)
                let after = hidden.kind(rule)
                #expect(after == before || after == .unknown, "\(rule.condition.description) hiding \(place)")
            }
            for (index, other) in world.others.enumerated() {
                for place in other.config.places {
                    var hidden = world
                    hidden.others[index] = other.hiding(place)
                    let after = hidden.kind(rule)
                    #expect(after == before || after == .unknown, "\(rule.condition.description) hiding \(place)")
                }
            }
        }
    }
}
