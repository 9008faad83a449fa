public import Documents
internal import Resources
public import Rules

/// What one scan says of one tenant: the value that every report is made of.
public struct Posture: Sendable {
    public var tenant: String
    public var account: String
    /// `aws`, `aws-cn`, `aws-us-gov`.
    public var partition: String
    /// When the collection began.
    public var collectedAt: Timestamp
    public var regions: [String]
    /// Open ones, those about Parapet's own configuration included. Worst first, then by rule and resource.
    public var findings: [Finding]
    /// Failures that are waived, each with its waiver; in the same order.
    public var waived: [Finding]
    /// The rules that are switched off.
    public var disabled: [DisabledRule]
    public var unknowns: [UnknownGroup]
    /// What is unknown, one by one: by rule and resource.
    public var unknownChecks: [UnknownCheck]
    /// Findings of the scan before that cannot be judged any more, by id: neither open nor resolved.
    public var undecided: [EarlierFinding] = []
    /// The rules that ran, by id.
    public var rules: [JudgedRule]
    /// Verdicts by rule; every rule that ran is here.
    public var counts: [String: VerdictCounts]
    public var severities: [String: Severity]
    public var score: Score
    public var compliance: [Compliance]
    /// In the scan.
    public var resourceCount: Int
    /// The id of the framework that the posture is restricted to; nil: all that was judged is here.
    public var onlyFramework: String?

    /// Open findings of a severity.
    public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// Verdicts that are unknown.
    public var unknownCount: Int { counts.values.reduce(0) { $0 + $1.unknown } }
}

extension Posture {
    /// Judges a snapshot. A pure function: equal inputs give equal postures.
    ///
    /// - Parameters:
    ///   - rules: the rules that run for the tenant, with its severities.
    ///   - settings: the tenant's values of rules' parameters, by rule.
    ///   - ownerTags: say who is responsible for a resource.
    ///   - known: verdicts by rule: of these rules none but those are there, and they are not judged again.
    ///   - counting: verdicts for which it is false are left out as if they had not been asked for.
    /// - Returns: the posture, and every verdict sorted by rule and resource.
    public static func evaluate(
        tenant: String, rules: [Rule], settings: [String: [String: JSON]] = [:], frameworks: [Framework],
        exceptions: Exceptions = Exceptions(), ownerTags: OwnerTags = OwnerTags(), in context: EvaluationContext,
        verdicts known: [String: [Verdict]] = [:], counting: (Verdict) -> Bool = { _ in true }
    ) -> (posture: Posture, verdicts: [Verdict]) {
        let snapshot = context.snapshot
        let controls = controlsByRule(frameworks)
        let rules = rules.sorted { $0.id < $1.id }
        var verdicts: [Verdict] = []
        var failures: [Finding] = []
        for rule in rules {
            let evaluator = RuleEvaluator(rule, settings: settings[rule.id] ?? [:], in: context)
            let ruled = (known[rule.id] ?? evaluator.verdicts()).filter(counting)
                .sorted { ResourceReference($0) < ResourceReference($1) }
            let failed = ruled.filter { $0.kind == .fail }
            failures += zip(failed, evaluator.remediations(for: failed)).map { verdict, remediation in
                finding(
                    verdict, rule, remediation, tenant: tenant, controls: controls[rule.id] ?? [], ownerTags,
                    in: context)
            }
            verdicts += ruled
        }
        let decision = exceptions.decide(
            on: failures, tenant: tenant, account: snapshot.account, at: snapshot.collectedAt)
        var posture = Posture(
            tenant: tenant, account: snapshot.account, partition: snapshot.partition,
            collectedAt: snapshot.collectedAt, regions: snapshot.regions,
            findings: (decision.open + decision.own).sorted(by: comesFirst),
            waived: decision.waived.sorted(by: comesFirst),
            disabled: exceptions.disabled.filter { $0.holds(at: snapshot.collectedAt) }.sorted { $0.rule < $1.rule },
            unknowns: UnknownGroup.groups(of: verdicts),
            unknownChecks: verdicts.filter { $0.kind == .unknown }.map { verdict in
                let resource = snapshot.resource(verdict.type, region: verdict.region, id: verdict.id)
                return UnknownCheck(
                    verdict, tenant: tenant, owner: ownerTags.owner(in: resource?.tags ?? [:]),
                    console: console(verdict, in: context))
            },
            rules: rules.map { JudgedRule($0, controls: controls[$0.id] ?? []) }, counts: [:],
            severities: Dictionary(rules.map { ($0.id, $0.severity) }) { first, _ in first }, score: Score(),
            compliance: [], resourceCount: snapshot.count)
        posture.count(verdicts)
        let disabled = Set(posture.disabled.map(\.rule))
        posture.compliance = frameworks.map { Compliance($0, counts: posture.counts, disabled: disabled) }
        return (posture, verdicts)
    }

    /// Counts verdicts by rule, and into the score.
    private mutating func count(_ verdicts: [Verdict]) {
        counts = severities.mapValues { _ in VerdictCounts() }
        let waived = Dictionary(grouping: waived, by: \.rule).mapValues { Set($0.map(\.resource)) }
        for verdict in verdicts {
            if verdict.kind == .fail, waived[verdict.rule]?.contains(ResourceReference(verdict)) == true {
                counts[verdict.rule]?.waived += 1
            } else {
                counts[verdict.rule]?.add(verdict.kind)
                score.add(verdict.kind, severities[verdict.rule] ?? .info)
            }
        }
    }

    /// Worst first, then by rule and resource.
    public static func comesFirst(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        return (left.rule, left.resource) < (right.rule, right.resource)
    }

    private static func finding(
        _ verdict: Verdict, _ rule: Rule, _ remediation: (text: String?, cli: String?, terraform: String?),
        tenant: String, controls: [String], _ ownerTags: OwnerTags, in context: EvaluationContext
    ) -> Finding {
        let snapshot = context.snapshot
        let id = Finding.id(tenant: tenant, rule: rule.id, uid: verdict.uid)
        let resource = snapshot.resource(verdict.type, region: verdict.region, id: verdict.id)
        return Finding(
            id: id, rule: rule.id, title: rule.title, severity: rule.severity, category: rule.category,
            resource: ResourceReference(verdict), tags: resource?.tags ?? [:],
            owner: ownerTags.owner(in: resource?.tags ?? [:]), console: console(verdict, in: context),
            message: verdict.message, evidence: verdict.evidence,
            remediation: Finding.Remediation(
                text: remediation.text, cli: remediation.cli, terraform: remediation.terraform),
            references: rule.references, controls: controls, firstSeen: snapshot.collectedAt)
    }

    /// Where AWS's console shows the resource of a verdict.
    private static func console(_ verdict: Verdict, in context: EvaluationContext) -> String? {
        context.catalog.manifests[verdict.type]?.consoleLink(
            to: ConsoleSubject(
                id: verdict.id, arn: verdict.arn, region: verdict.region, account: verdict.account,
                partition: context.snapshot.partition))
    }

    static func controlsByRule(_ frameworks: [Framework]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for framework in frameworks {
            for control in framework.controls {
                for rule in control.rules { result[rule, default: []].append("\(framework.id)/\(control.id)") }
            }
        }
        return result.mapValues { $0.sorted() }
    }
}
