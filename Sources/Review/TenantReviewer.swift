internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Resources
internal import Rules
internal import Scanning
internal import Workspace

/// Compares two policies of a tenant on the snapshot of its newest scan.
///
/// Rules of which nothing differs are not judged: what the scan counted is what they would say again. Of the others, only
/// the resources that they look at are read.
struct TenantReviewer {
    let repository: Repository
    let catalog: ResourceCatalog
    /// Of this program: numbers that another one wrote are not used.
    let version: String

    /// What a scan wrote, as far as it can stand in for judging again.
    fileprivate struct Recorded {
        var numbers: RecordedNumbers
        var outline: PolicyOutline
    }

    /// - Throws: `unreadable` where the snapshot is none that a scan writes.
    func change(
        _ scan: RecordedScan, base: EffectivePolicy, head: EffectivePolicy
    ) throws(WorkspaceError) -> TenantChange {
        let tree = RevisionTree(repository, at: scan.snapshot)
        let recorded = try recorded(scan, tree)
        let rules: Set<String>?
        do {
            rules = try recorded.map { recorded throws(GitError) in
                try PolicyChange.rules(recorded: recorded.outline, base: base, head: head)
            }
        } catch {
            throw WorkspaceError(.unreadable, error.message)
        }
        let earlier = try earlierPart(rules, recorded, scan, tree)
        let parts = [base.restricted(to: rules), head.restricted(to: rules)]
        let snapshot = try snapshot(scan, tree, for: parts + [earlier].compactMap { $0 })
        let comparison = PolicyComparison(parts[0], parts[1], snapshot, catalog)
        let sides = [comparison.base, comparison.head]
        let counts = zip([base, head], sides).map { policy, side in
            var counts: [String: VerdictCounts] = [:]
            for rule in policy.rules.map(\.rule.id) {
                counts[rule] = side.counts[rule] ?? recorded?.numbers.counts[rule]
            }
            return counts
        }
        var change = TenantChange(
            from: sides[0].posture, base, counts[0], to: sides[1].posture, head, counts[1],
            snapshot: scan.snapshot.description)
        change.openAfter = sides[1].open(parts[1])
        if let recorded, let rules, let earlier {
            change.openAfter = recorded.open(
                without: rules, earlier, own: own(earlier, snapshot), with: change.openAfter)
        }
        return change
    }

    /// Nil where the numbers cannot be used: another version's, or none that fit the policy.
    private func recorded(_ scan: RecordedScan, _ tree: RevisionTree) throws(WorkspaceError) -> Recorded? {
        guard scan.version == version else { return nil }
        let outline = try SnapshotFiles.outline(tree, scan.tenant)
        let summary: [UInt8]?
        do {
            summary = try PreviousResults.summary(of: scan.tenant, in: scan.results, repository)
        } catch {
            throw WorkspaceError(.unreadable, error.message)
        }
        guard let numbers = summary.flatMap(RecordedNumbers.init), Set(numbers.counts.keys) == outline.rules else {
            return nil
        }
        return Recorded(numbers: numbers, outline: outline)
    }

    /// The rules that the scan judged by and that are judged anew.
    private func earlierPart(
        _ rules: Set<String>?, _ recorded: Recorded?, _ scan: RecordedScan, _ tree: RevisionTree
    ) throws(WorkspaceError) -> EffectivePolicy? {
        guard let rules, let recorded else { return nil }
        return try SnapshotFiles.policy(
            tree, scan.tenant, rules: rules.intersection(recorded.outline.rules), catalog: catalog, at: scan.moment
        ).restricted(to: rules)
    }

    /// The resources that rules look at.
    private func snapshot(
        _ scan: RecordedScan, _ tree: RevisionTree, for policies: [EffectivePolicy]
    ) throws(WorkspaceError) -> Snapshot {
        var types: Set<String> = []
        for policy in policies {
            let read = RuleDependencies(policy.rules.map(\.rule), fragments: policy.fragments, catalog: catalog)
            types.formUnion(read.members.keys)
        }
        return try SnapshotFiles.snapshot(tree, scan.tenant, types: types, at: scan.moment)
    }

    /// What the scan found of its configuration, in the part that is judged anew, by severity.
    private func own(_ earlier: EffectivePolicy, _ snapshot: Snapshot) -> [Severity: Int] {
        var policy = earlier
        let waived = Set(policy.exceptions.waivers.map(\.rule))
        policy.rules.removeAll { !waived.contains($0.rule.id) }
        let seen =
            policy.rules.isEmpty
            ? Snapshot(
                account: snapshot.account, partition: snapshot.partition, regions: snapshot.regions,
                collectedAt: snapshot.collectedAt, types: snapshot.types) : snapshot
        return policy.judge(seen, catalog).posture.findings.filter { OwnRule(rawValue: $0.rule) != nil }.openBySeverity
    }
}

extension TenantReviewer.Recorded {
    /// Open findings when those that come of a part of the policy are replaced by others.
    ///
    /// - Parameters:
    ///   - earlier: the part, as it was recorded, and `own`, what was found of its configuration.
    ///   - new: what comes in place.
    fileprivate func open(
        without rules: Set<String>, _ earlier: EffectivePolicy, own: [Severity: Int], with new: [Severity: Int]
    ) -> [Severity: Int] {
        var open = numbers.open.merging(new, uniquingKeysWith: +)
        for (severity, number) in own { open[severity, default: 0] -= number }
        for rule in earlier.rules.map(\.rule) where rules.contains(rule.id) {
            open[rule.severity, default: 0] -= numbers.counts[rule.id]?.fail ?? 0
        }
        return open.filter { $0.value != 0 }
    }
}

extension [Finding] {
    /// How many there are of each severity.
    var openBySeverity: [Severity: Int] {
        reduce(into: [:]) { counts, finding in counts[finding.severity, default: 0] += 1 }
    }
}
