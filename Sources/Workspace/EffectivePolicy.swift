public import Documents
public import Posture
public import Resources
public import Rules

/// What a tenant is judged by at a moment: rules with its own severities and parameters, and what does not count. With a
/// snapshot, it is all that a posture depends on.
public struct EffectivePolicy: Sendable {
    /// The tenant's name.
    public var tenant: String
    /// The rules that run, with the tenant's severities.
    public var rules: [LoadedRule]
    /// What the tenant says of rules, by id.
    public var overlays: [String: RuleOverlay]
    public var frameworks: [Framework]
    public var exceptions: Exceptions
    public var trust: Trust
    public var ownerTags: OwnerTags
    public var fragments: [String: Fragment]
    public var tables: [String: Table]
    /// The files of fragments and tables, by path.
    public var sources: [String: SourceFile]

    public init(tenant: String, trust: Trust) {
        self.tenant = tenant
        self.trust = trust
        rules = []
        overlays = [:]
        frameworks = []
        exceptions = Exceptions()
        ownerTags = OwnerTags()
        fragments = [:]
        tables = [:]
        sources = [:]
    }

    /// The tenant's values of parameters, by rule.
    public var settings: [String: [String: JSON]] { overlays.mapValues(\.settings) }

    /// Gives rules the tenant's severities, and leaves out those that it switches off.
    mutating func run(_ candidates: [LoadedRule], at moment: Timestamp) {
        rules = candidates.compactMap { loaded in
            let overlay = overlays[loaded.rule.id]
            if let disabled = overlay?.disabled, disabled.holds(at: moment) { return nil }
            var loaded = loaded
            loaded.rule.severity = overlay?.severity ?? loaded.rule.severity
            return loaded
        }
        exceptions.disabled = overlays.values.compactMap(\.disabled).sorted { $0.rule < $1.rule }
    }
}

extension EffectivePolicy {
    /// Judges a snapshot of the tenant. Equal policies and snapshots give equal postures.
    ///
    /// - Parameter counting: verdicts for which it is false are left out as if they had not been asked for.
    /// - Returns: the posture, and every verdict sorted by rule and resource.
    public func judge(
        _ snapshot: Snapshot, _ catalog: ResourceCatalog, counting: (Verdict) -> Bool = { _ in true }
    ) -> (posture: Posture, verdicts: [Verdict]) {
        judge(in: context(snapshot, catalog), counting: counting)
    }

    /// As above, in a context that the policy has made.
    ///
    /// - Parameter known: verdicts by rule: these rules are not judged again.
    public func judge(
        in context: EvaluationContext, verdicts known: [String: [Verdict]] = [:],
        counting: (Verdict) -> Bool = { _ in true }
    ) -> (posture: Posture, verdicts: [Verdict]) {
        Posture.evaluate(
            tenant: tenant, rules: rules.map(\.rule), settings: settings, frameworks: frameworks,
            exceptions: exceptions, ownerTags: ownerTags, in: context, verdicts: known, counting: counting)
    }

    /// The verdicts of each rule: by its types, and in the snapshot's order.
    public func verdicts(in context: EvaluationContext) -> [String: [Verdict]] {
        var verdicts: [String: [Verdict]] = [:]
        for rule in rules.map(\.rule) {
            verdicts[rule.id] = RuleEvaluator(rule, settings: settings[rule.id] ?? [:], in: context).verdicts()
        }
        return verdicts
    }

    public func context(_ snapshot: Snapshot, _ catalog: ResourceCatalog) -> EvaluationContext {
        EvaluationContext(
            catalog: catalog, snapshot: snapshot, fragments: fragments.mapValues(\.condition), tables: tables,
            trust: trust)
    }

    /// For the snapshot of another policy's context.
    public func context(sharing other: EvaluationContext) -> EvaluationContext {
        EvaluationContext(
            sharing: other, fragments: fragments.mapValues(\.condition), tables: tables, trust: trust)
    }
}

extension Workspace {
    /// - Parameter moment: the snapshot's time: what has expired by then does not hold.
    public func policy(for tenant: Tenant, at moment: Timestamp) -> EffectivePolicy {
        var policy = EffectivePolicy(tenant: tenant.name, trust: tenant.trust)
        policy.overlays = tenant.overlays
        policy.ownerTags = tenant.ownerTags ?? settings.ownerTags
        policy.frameworks = frameworks(for: tenant)
        policy.exceptions = Exceptions(
            waivers: waivers.filter { $0.tenants.contains(tenant.name) },
            malformed: malformedWaivers.filter { $0.tenants.contains(tenant.name) }, limits: settings.waiverLimits,
            knownRules: Set(rules.map(\.rule.id)))
        policy.fragments = fragments
        policy.tables = tables
        policy.sources = sources
        policy.run(rules(for: tenant), at: moment)
        return policy
    }
}
