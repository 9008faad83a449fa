public import Documents
internal import Resources
public import Rules

/// What one scan says of one tenant: the value that every report is made of.
public struct Posture: Sendable {
    public var tenant: String
    public var account: String
    public var regions: [String]
    /// Worst first, then by rule and resource.
    public var findings: [Finding]
    public var unknowns: [UnknownGroup]
    /// Verdicts by rule; every rule that ran is here.
    public var counts: [String: VerdictCounts]
    public var severities: [String: Severity]
    public var score: Score
    public var compliance: [Compliance]
    public var resourceCount: Int

    /// Open findings of a severity.
    public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// Verdicts that are unknown.
    public var unknownCount: Int { counts.values.reduce(0) { $0 + $1.unknown } }
}

extension Posture {
    /// Judges a snapshot. A pure function: equal inputs give equal postures.
    ///
    /// - Parameters:
    ///   - rules: the rules that run for the tenant.
    /// - Returns: the posture, and every verdict sorted by rule and resource.
    public static func evaluate(
        tenant: String, rules: [Rule], frameworks: [Framework], in context: EvaluationContext
    ) -> (posture: Posture, verdicts: [Verdict]) {
        let snapshot = context.snapshot
        var posture = Posture(
            tenant: tenant, account: snapshot.account, regions: snapshot.regions, findings: [], unknowns: [],
            counts: [:],
            severities: [:], score: Score(), compliance: [], resourceCount: snapshot.count)
        let controls = controlsByRule(frameworks)
        var verdicts: [Verdict] = []
        for rule in rules.sorted(by: { $0.id < $1.id }) {
            let evaluator = RuleEvaluator(rule, in: context)
            let ruled = evaluator.verdicts().sorted { ResourceReference($0) < ResourceReference($1) }
            var counts = VerdictCounts()
            for verdict in ruled {
                counts.add(verdict.kind)
                posture.score.add(verdict.kind, rule.severity)
                guard verdict.kind == .fail else { continue }
                posture.findings.append(
                    finding(verdict, evaluator, tenant: tenant, controls: controls[rule.id] ?? [], in: snapshot))
            }
            posture.counts[rule.id] = counts
            posture.severities[rule.id] = rule.severity
            verdicts += ruled
        }
        posture.findings.sort { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.rule, left.resource) < (right.rule, right.resource)
        }
        posture.unknowns = UnknownGroup.groups(of: verdicts)
        posture.compliance = frameworks.map { Compliance($0, counts: posture.counts) }
        return (posture, verdicts)
    }

    /// The posture with findings dated to when they were first seen, by id.
    public func carryingOver(_ firstSeen: [String: Timestamp]) -> Posture {
        var posture = self
        for index in posture.findings.indices {
            if let moment = firstSeen[posture.findings[index].id] { posture.findings[index].firstSeen = moment }
        }
        return posture
    }

    private static func finding(
        _ verdict: Verdict, _ evaluator: RuleEvaluator, tenant: String, controls: [String], in snapshot: Snapshot
    ) -> Finding {
        let rule = evaluator.rule
        let id = Finding.id(tenant: tenant, rule: rule.id, uid: verdict.uid)
        let resource = snapshot.resource(verdict.type, region: verdict.region, id: verdict.id)
        let remediation = resource.map(evaluator.remediation)
        return Finding(
            id: id, rule: rule.id, title: rule.title, severity: rule.severity, category: rule.category,
            resource: ResourceReference(verdict),
            message: verdict.message, evidence: verdict.evidence,
            remediation: Finding.Remediation(
                text: remediation?.text, cli: remediation?.cli, terraform: remediation?.terraform),
            references: rule.references, controls: controls, firstSeen: snapshot.collectedAt)
    }

    private static func controlsByRule(_ frameworks: [Framework]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for framework in frameworks {
            for control in framework.controls {
                for rule in control.rules { result[rule, default: []].append("\(framework.id)/\(control.id)") }
            }
        }
        return result.mapValues { $0.sorted() }
    }
}
