public import Documents
public import Resources

/// Judges resources by one rule.
public struct RuleEvaluator: Sendable {
    public let rule: Rule
    private let context: EvaluationContext
    private let settings: [String: JSON]
    /// By resource type.
    private let programs: [String: Program]
    private let relations: SnapshotRelations

    /// `settings` are the tenant's values of the rule's parameters.
    public init(_ rule: Rule, settings: [String: JSON] = [:], in context: EvaluationContext) {
        self.rule = rule
        self.context = context
        self.settings = settings
        var programs: [String: Program] = [:]
        for type in rule.resources {
            var compiler = ProgramCompiler(
                type: type, catalog: context.catalog, fragments: context.fragments, tables: context.tables)
            compiler.add(rule, index: 0, settings: settings)
            programs[type] = compiler.finish()
        }
        self.programs = programs
        relations = SnapshotRelations(
            programs.values.flatMap(\.relations), context.store, context.snapshot, catalog: context.catalog)
    }

    /// The verdicts on all resources of the rule's types, and one unknown for each list that could not be read.
    public func verdicts() -> [Verdict] {
        rule.resources.flatMap { type -> [Verdict] in
            guard context.snapshot.types.contains(type) else {
                return [unknownList(RelationGap.notCollected(type).cause, region: "*")]
            }
            let gaps = context.snapshot.gaps.filter { $0.type == type }.map { unknownList($0.cause, region: $0.region) }
            guard let judge = judge(type) else { return gaps }
            let ordinals = context.store.ordinals[type] ?? 0..<0
            return ordinals.compactMap { context.store.view($0).map { judge.verdict(on: $0) } } + gaps
        }
    }

    public func verdict(for resource: Resource) -> Verdict {
        withJudge(of: resource) { judge, view in judge.verdict(on: view) }
            ?? unknownList(RelationGap.notCollected(resource.type).cause, region: resource.region)
    }

    /// The remediation with the resource's own names filled in; what is not known stands as `<name>`, quoted too. A
    /// command is nil where a name in it holds control characters.
    public func remediation(for resource: Resource) -> (text: String?, cli: String?, terraform: String?) {
        withJudge(of: resource) { judge, view in judge.remediation(for: view) } ?? (nil, nil, nil)
    }

    /// As `remediation(for:)`, of resources of the context's snapshot, which the verdicts name. All are nil where it does
    /// not have one.
    public func remediations(for verdicts: [Verdict]) -> [(text: String?, cli: String?, terraform: String?)] {
        var judges: [String: RuleJudge] = [:]
        return verdicts.map { verdict in
            guard let first = context.store.ordinals[verdict.type]?.lowerBound,
                let index = context.snapshot.index(verdict.type, region: verdict.region, id: verdict.id),
                let view = context.store.view(first + index), let judge = judges[verdict.type] ?? judge(verdict.type)
            else { return (nil, nil, nil) }
            judges[verdict.type] = judge
            return judge.remediation(for: view)
        }
    }

    /// The verdict on a resource, and how it came about. Nil where the rule does not judge its type.
    public func explanation(of resource: Resource) -> RuleExplanation? {
        withJudge(of: resource) { judge, view in judge.explanation(of: view) }
    }

    private func judge(_ type: String) -> RuleJudge? {
        guard let program = programs[type], let entry = program.rules.first else { return nil }
        let machine = Machine(program, now: context.now, relations: relations, trust: context.trust)
        return RuleJudge(rule, settings: settings, entry: entry, machine: machine)
    }

    private func withJudge<Outcome>(of resource: Resource, _ body: (RuleJudge, ResourceView) -> Outcome) -> Outcome? {
        guard let judge = judge(resource.type) else { return nil }
        var builder = TapeBuilder()
        let position = builder.add(resource)
        let tape = builder.finish()
        return withExtendedLifetime(tape) {
            ResourceView(tape.value(at: position), hasHidden: !resource.uncollected.isEmpty).map { body(judge, $0) }
        }
    }

    private func unknownList(_ cause: UnknownCause, region: String) -> Verdict {
        var list = Verdict(
            rule: rule.id, type: cause.type, id: "*", arn: "", region: region, account: context.snapshot.account,
            kind: .unknown)
        list.setUnknown([cause], by: rule)
        return list
    }
}

extension Verdict {
    /// What a rule makes of what it could not decide.
    mutating func setUnknown(_ causes: [UnknownCause], by rule: Rule) {
        self.causes = causes
        switch rule.onUnknown {
        case .report: kind = .unknown
        case .fail:
            kind = .fail
            message = "\(rule.title): could not be read, which counts as a failure of this rule"
        }
    }
}
