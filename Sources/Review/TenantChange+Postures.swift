internal import Documents
internal import Posture
internal import Rules
internal import Workspace

extension TenantChange {
    /// What lies between two postures of one snapshot.
    ///
    /// `openAfter` is left out: only all postures together say it.
    ///
    /// - Parameters:
    ///   - before: of the base: of all its rules, or of a part that holds all that differs.
    ///   - counts: of all rules of the base, and of the head.
    init(
        from before: Posture, _ base: EffectivePolicy, _ baseCounts: [String: VerdictCounts], to after: Posture,
        _ head: EffectivePolicy, _ headCounts: [String: VerdictCounts], snapshot: String
    ) {
        let score = Score(base, baseCounts)
        let newScore = Score(head, headCounts)
        self.init(
            collectedAt: after.collectedAt, snapshot: snapshot, scoreBefore: score.value, scoreAfter: newScore.value,
            unknownBefore: baseCounts.values.reduce(0) { $0 + $1.unknown },
            unknownAfter: headCounts.values.reduce(0) { $0 + $1.unknown },
            frameworks: FrameworkChange.changes(
                from: base, baseCounts, to: head, headCounts, at: after.collectedAt))
        compare(before, after)
        let judged = Dictionary(head.rules.map { ($0.rule.id, Set($0.rule.resources)) }) { first, _ in first }
        withdraw { finding in
            OwnRule(rawValue: finding.rule) == nil && judged[finding.rule]?.contains(finding.resource.type) != true
        }
    }

    private mutating func compare(_ before: Posture, _ after: Posture) {
        let earlier = Dictionary((before.findings + before.waived).map { ($0.id, $0) }) { first, _ in first }
        let later = Set((after.findings + after.waived).map(\.id))
        let unknownBefore = Set(before.unknownChecks.map(\.id))
        let unknownAfter = Set(after.unknownChecks.map(\.id))
        for finding in after.findings {
            guard let old = earlier[finding.id] else {
                opened.append(finding)
                continue
            }
            if old.waiver != nil { lapsed.append(finding) }
        }
        waived = after.waived.filter { finding in earlier[finding.id].map { $0.waiver == nil } ?? true }
        changed = (after.findings + after.waived).compactMap { finding in
            guard let old = earlier[finding.id] else { return nil }
            let change = Change(before: old, after: finding)
            return change.hasOtherSeverity || change.hasOtherEvidence ? change : nil
        }
        resolved = before.findings.filter { !later.contains($0.id) && !unknownAfter.contains($0.id) }
        let severities = after.severities
        unknown = after.unknownChecks.filter { !unknownBefore.contains($0.id) }.sorted { left, right in
            let (worse, better) = (severities[left.rule] ?? .info, severities[right.rule] ?? .info)
            if worse != better { return worse > better }
            return (left.rule, left.resource) < (right.rule, right.resource)
        }
        opened.sort(by: Posture.comesFirst)
        lapsed.sort(by: Posture.comesFirst)
        waived.sort(by: Posture.comesFirst)
        changed.sort { Posture.comesFirst($0.after, $1.after) }
    }

    /// Findings that nobody judges any more are not resolved.
    private mutating func withdraw(_ isWithdrawn: (Finding) -> Bool) {
        withdrawn = resolved.filter(isWithdrawn)
        resolved.removeAll(where: isWithdrawn)
    }
}

extension TenantChange.Change {
    public var hasOtherSeverity: Bool { before.severity != after.severity }
    public var hasOtherEvidence: Bool { before.evidenceDigest != after.evidenceDigest }

    /// More severe, or more values that are wrong.
    public var isWorse: Bool {
        hasOtherSeverity ? after.severity > before.severity : after.evidence.count > before.evidence.count
    }
}

extension Score {
    fileprivate init(_ policy: EffectivePolicy, _ counts: [String: VerdictCounts]) {
        self.init()
        for rule in policy.rules.map(\.rule) {
            guard let counts = counts[rule.id] else { continue }
            add(.pass, rule.severity, times: counts.pass)
            add(.fail, rule.severity, times: counts.fail)
            add(.unknown, rule.severity, times: counts.unknown)
        }
    }
}

extension TenantChange.FrameworkChange {
    /// The frameworks of which something changes: first those of the head, in its order.
    fileprivate static func changes(
        from base: EffectivePolicy, _ baseCounts: [String: VerdictCounts], to head: EffectivePolicy,
        _ headCounts: [String: VerdictCounts], at moment: Timestamp
    ) -> [Self] {
        let before = compliance(base, baseCounts, at: moment)
        let after = compliance(head, headCounts, at: moment)
        let ids = after.map(\.framework.id)
        let gone = before.filter { !ids.contains($0.framework.id) }
        return after.map { after in
            Self(from: before.first { $0.framework.id == after.framework.id }, to: after)
        }.filter { $0.percentageBefore != $0.percentageAfter || !$0.controls.isEmpty }
            + gone.map { Self(from: $0, to: nil) }
    }

    private static func compliance(
        _ policy: EffectivePolicy, _ counts: [String: VerdictCounts], at moment: Timestamp
    ) -> [Compliance] {
        let disabled = Set(policy.exceptions.disabled.filter { $0.holds(at: moment) }.map(\.rule))
        return policy.frameworks.map { Compliance($0, counts: counts, disabled: disabled) }
    }

    private init(from before: Compliance?, to after: Compliance?) {
        let framework = after?.framework ?? before?.framework
        let (old, new) = (before?.controls ?? [], after?.controls ?? [])
        let oldStatus = Dictionary(old.map { ($0.control.id, $0.status) }) { first, _ in first }
        let newIDs = Set(new.map(\.control.id))
        var controls = new.map { result in
            Control(
                id: result.control.id, title: result.control.title, before: oldStatus[result.control.id],
                after: result.status)
        }
        controls += old.filter { !newIDs.contains($0.control.id) }.map { result in
            Control(id: result.control.id, title: result.control.title, before: result.status, after: nil)
        }
        self.init(
            id: framework?.id ?? "", title: framework?.title ?? "", percentageBefore: before?.percentage,
            percentageAfter: after?.percentage, controls: controls.filter { $0.before != $0.after })
    }
}
