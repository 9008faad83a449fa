public import Documents
public import Resources

/// Runs the tests that stand in rules.
public struct RuleTestRunner {
    /// How one test went.
    public struct Outcome: Sendable {
        public var rule: String
        public var path: String
        public var span: Span
        public var expected: VerdictKind
        public var verdict: Verdict
        /// Why it failed; nil where it passed.
        public var fault: String?
    }

    private let catalog: ResourceCatalog
    private let fragments: [String: Condition]
    private let tables: [String: Table]

    public init(
        catalog: ResourceCatalog, fragments: [String: Condition] = [:], tables: [String: Table] = [:]
    ) {
        self.tables = tables
        self.catalog = catalog
        self.fragments = fragments
    }

    public func run(_ rule: Rule) -> [Outcome] {
        rule.tests.map { test in
            let verdict = self.verdict(of: rule, on: test)
            return Outcome(
                rule: rule.id, path: rule.path, span: test.span, expected: test.expect, verdict: verdict,
                fault: Self.fault(verdict, test))
        }
    }

    /// The verdict on a test's resource.
    public func verdict(of rule: Rule, on test: RuleTest) -> Verdict {
        let resources = ([test.subject] + test.related.filter { $0.gap == nil }).map(Resource.init)
        let gaps = test.related.compactMap { fixture in
            fixture.gap.map { CollectionGap(type: fixture.type, region: fixture.region, operation: "list", code: $0) }
        }
        let snapshot = Snapshot(
            account: test.subject.account, partition: "aws", regions: [test.subject.region], collectedAt: test.now,
            types: Set(catalog.names), gaps: gaps, resources: resources)
        let context = EvaluationContext(
            catalog: catalog, snapshot: snapshot, fragments: fragments, tables: tables)
        return RuleEvaluator(rule, settings: test.parameters, in: context).verdict(for: Resource(test.subject))
    }

    private static func fault(_ verdict: Verdict, _ test: RuleTest) -> String? {
        guard verdict.kind == test.expect else {
            let why = verdict.causes.map(\.description).joined(separator: "; ")
            return "expected \(test.expect.rawValue), got \(verdict.kind.rawValue)" + (why.isEmpty ? "" : " (\(why))")
        }
        guard let why = test.why else { return nil }
        let pointers = verdict.evidence.map(\.pointer) + verdict.causes.map(\.pointer)
        guard !pointers.contains(why) else { return nil }
        return "expected `\(why)` to decide, but it was \(pointers.map { "`\($0)`" }.joined(separator: ", "))"
    }
}

extension Resource {
    init(_ fixture: RuleTest.Fixture) {
        self.init(
            type: fixture.type, id: fixture.id, arn: "", account: fixture.account, region: fixture.region,
            tags: fixture.tags, config: fixture.config, uncollected: fixture.uncollected)
    }
}
