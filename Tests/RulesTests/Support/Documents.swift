import Documents
import Resources
import Rules

/// A rule's test as the snapshot that it stands for.
struct TestCase: Sendable, CustomStringConvertible {
    var rule: Rule
    var index: Int

    var test: RuleTest { rule.tests[index] }
    var description: String { "\(rule.id) test \(index)" }

    static let all: [TestCase] = RuleFiles.rules.flatMap { rule in
        rule.tests.indices.map { TestCase(rule: rule, index: $0) }
    }

    var subject: Resource { Self.resource(test.subject) }
    var related: [Resource] { test.related.filter { $0.gap == nil }.map(Self.resource) }

    func verdict(subject: Resource? = nil, related: [Resource]? = nil, gaps: [CollectionGap]? = nil) -> Verdict {
        let subject = subject ?? self.subject
        let gaps =
            gaps
            ?? test.related.compactMap { fixture in
                fixture.gap.map {
                    CollectionGap(type: fixture.type, region: fixture.region, operation: "list", code: $0)
                }
            }
        let snapshot = Snapshot(
            account: subject.account, partition: "aws", regions: [subject.region], collectedAt: test.now,
            types: Set(RuleFiles.catalog.names), gaps: gaps, resources: [subject] + (related ?? self.related))
        let context = EvaluationContext(catalog: RuleFiles.catalog, snapshot: snapshot)
        return RuleEvaluator(rule, settings: test.parameters, in: context).verdict(for: subject)
    }

    static func resource(_ fixture: RuleTest.Fixture) -> Resource {
        Resource(
            type: fixture.type, id: fixture.id, arn: "", account: fixture.account, region: fixture.region,
            tags: fixture.tags, config: fixture.config, uncollected: fixture.uncollected)
    }
}

extension JSON {
    /// The places of all values within the document, the document itself left out.
    var places: [[String]] {
        switch self {
        case .array(let elements):
            elements.enumerated().flatMap { index, element in
                [[String(index)]] + element.places.map { [String(index)] + $0 }
            }
        case .object(let object):
            object.flatMap { member in [[member.key]] + member.value.places.map { [member.key] + $0 } }
        default: []
        }
    }

    /// The document without the value at a place: members are removed, elements become null.
    func removing(_ place: some Collection<String>) -> JSON {
        guard let first = place.first else { return .null }
        let rest = place.dropFirst()
        switch self {
        case .array(var elements):
            guard let index = Int(first) else { return self }
            elements[index] = elements[index].removing(rest)
            return .array(elements)
        case .object(var object):
            object[first] = rest.isEmpty ? nil : object[first]?.removing(rest)
            return .object(object)
        default: return self
        }
    }
}

extension Resource {
    /// The resource as it would be, had something in it not been readable.
    func hiding(_ place: [String], code: String = "AccessDenied") -> Resource {
        var copy = self
        copy.config = config.removing(place)
        let pointer = JSONPointer.text(place)
        copy.uncollected = copy.uncollected.filter { !$0.key.hasPrefix(pointer + "/") }
        copy.uncollected[pointer] = code
        return copy
    }
}
