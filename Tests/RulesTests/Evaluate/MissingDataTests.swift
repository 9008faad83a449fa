import Documents
import Resources
import Rules
import TestSupport
import Testing

/// What could not be collected may move a verdict to unknown and nowhere else.
@Suite struct MissingDataTests {
    @Test(arguments: TestCase.all)
    func hidingASubtreeOfTheSubjectGivesTheSameOrUnknown(example: TestCase) {
        guard example.rule.onUnknown == .report else { return }
        let before = example.verdict()
        for place in example.subject.config.places {
            let after = example.verdict(subject: example.subject.hiding(place))
            #expect(after.kind == before.kind || after.kind == .unknown, "\(example) without \(place)")
            #expect(
                after.kind != .unknown || !after.causes.isEmpty, "\(example) without \(place): unknown for no cause")
        }
    }

    @Test(arguments: TestCase.all)
    func hidingTwoSubtreesGivesTheSameOrUnknown(example: TestCase) {
        guard example.rule.onUnknown == .report else { return }
        let places = example.subject.config.places
        for first in places {
            let once = example.subject.hiding(first)
            let before = example.verdict(subject: once).kind
            for second in once.config.places where second != first {
                let after = example.verdict(subject: once.hiding(second)).kind
                #expect(after == before || after == .unknown, "\(example) without \(first) and \(second)")
            }
        }
    }

    @Test(arguments: TestCase.all)
    func hidingASubtreeOfARelatedResourceGivesTheSameOrUnknown(example: TestCase) {
        guard example.rule.onUnknown == .report else { return }
        let before = example.verdict().kind
        for (index, resource) in example.related.enumerated() {
            for place in resource.config.places {
                var related = example.related
                related[index] = resource.hiding(place)
                let after = example.verdict(related: related).kind
                #expect(after == before || after == .unknown, "\(example) without \(place) of \(resource.id)")
            }
        }
    }

    @Test(arguments: TestCase.all)
    func hidingTheListsOfOtherTypesGivesTheSameOrUnknown(example: TestCase) {
        guard example.rule.onUnknown == .report else { return }
        let before = example.verdict().kind
        for type in RuleFiles.catalog.names {
            let gap = CollectionGap(type: type, region: example.subject.region, operation: "list", code: "AccessDenied")
            let after = example.verdict(gaps: [gap]).kind
            if example.test.related.allSatisfy({ $0.gap == nil }) { #expect(after == before || after == .unknown) }
        }
    }

    @Test(arguments: TestCase.all)
    func resourcesThatTheRuleDoesNotLookAtChangeNothing(example: TestCase) {
        let relations = example.rule.resources.compactMap { RuleFiles.catalog[$0] }.flatMap(\.manifest.relations)
        let seen = Set(example.rule.resources + relations.map(\.target))
        let before = example.verdict()
        for type in RuleFiles.catalog.names where !seen.contains(type) {
            for config in [JSON.object([:]), example.subject.config] {
                let stranger = Resource(
                    type: type, id: "stranger", arn: "", account: example.subject.account,
                    region: example.subject.region, config: config, uncollected: ["Policy": "AccessDenied"])
                let after = example.verdict(related: example.related + [stranger])
                #expect(after.isSame(as: before), "\(example) beside \(type)")
            }
        }
    }

    @Test(arguments: TestCase.all)
    func theOrderOfResourcesChangesNothing(example: TestCase) {
        var generator = SeededGenerator(seed: 7)
        // Several resources of each kind, so that there is an order.
        var related = example.related
        for (index, resource) in example.related.enumerated() {
            for place in resource.config.places {
                var copy = resource
                copy.id = "copy-\(index)-\(place.joined(separator: "-"))"
                copy.config = resource.config.removing(place)
                related.append(copy)
            }
        }
        let before = example.verdict(related: related)
        for _ in 0..<5 {
            related.shuffle(using: &generator)
            #expect(example.verdict(related: related).isSame(as: before), "\(example)")
        }
    }

    /// Verdicts on a whole snapshot, by resource.
    @Test(arguments: RuleFiles.rules)
    func theOrderOfTheSnapshotChangesNothing(rule: Rule) {
        var generator = SeededGenerator(seed: 11)
        var resources = rule.tests.indices.map { index -> Resource in
            var resource = TestCase(rule: rule, index: index).subject
            resource.id += "-\(index)"
            return resource
        }
        func verdicts() -> [String] {
            let snapshot = Snapshot(
                account: RuleTest.defaultAccount, partition: "aws", regions: [RuleTest.defaultRegion],
                collectedAt: RuleTest.defaultNow, types: Set(RuleFiles.catalog.names), resources: resources)
            let context = EvaluationContext(catalog: RuleFiles.catalog, snapshot: snapshot)
            return RuleEvaluator(rule, in: context).verdicts().map { "\($0.uid) \($0.kind) \($0.message)" }
        }
        let before = verdicts()
        #expect(before.count == resources.count)
        for _ in 0..<3 {
            resources.shuffle(using: &generator)
            #expect(verdicts() == before)
        }
    }

    @Test(arguments: RuleFiles.rules)
    func aListThatWasNotReadIsUnknown(rule: Rule) {
        let gaps = rule.resources.map {
            CollectionGap(type: $0, region: "eu-west-1", operation: "x:List", code: "AccessDenied")
        }
        for (types, gaps) in [(Set(RuleFiles.catalog.names), gaps), (Set<String>(), [])] {
            let snapshot = Snapshot(
                account: "111122223333", partition: "aws", regions: ["eu-west-1"], collectedAt: RuleTest.defaultNow,
                types: types, gaps: gaps)
            let context = EvaluationContext(catalog: RuleFiles.catalog, snapshot: snapshot)
            let verdicts = RuleEvaluator(rule, in: context).verdicts()
            #expect(verdicts.count == rule.resources.count)
            #expect(verdicts.allSatisfy { $0.kind == .unknown && $0.id == "*" && $0.causes.count == 1 })
        }
    }
}

extension Verdict {
    func isSame(as other: Verdict) -> Bool {
        kind == other.kind && message == other.message && evidence == other.evidence && causes == other.causes
    }
}
