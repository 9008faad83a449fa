public import Rules

/// What lies between two scans of a tenant. Lists are worst first.
public struct PostureDifference: Sendable {
    public let before: RecordedPosture
    public let after: RecordedPosture
    /// Open now, and not there before.
    public let opened: [RecordedPosture.Line]
    /// Open before, and judged to be in order now.
    public let resolved: [RecordedPosture.Line]
    /// Open before, and now nobody can tell.
    public let undecided: [RecordedPosture.Line]
    /// Open before, and of rules that do not run any more.
    public let withdrawn: [RecordedPosture.Line]
    /// Waived now, and open before or not there.
    public let waived: [RecordedPosture.Line]
    /// Open now, and waived before.
    public let lapsed: [RecordedPosture.Line]
    /// There before and now, with another severity, or resting on other values.
    public let changed: [Change]

    public struct Change: Sendable {
        public var before: RecordedPosture.Line
        public var after: RecordedPosture.Line

        /// More severe, or more values that are wrong.
        public var isWorse: Bool {
            after.severity != before.severity
                ? after.severity > before.severity : after.evidenceCount > before.evidenceCount
        }

        public var hasOtherSeverity: Bool { before.severity != after.severity }
        public var hasOtherEvidence: Bool { before.evidenceDigest != after.evidenceDigest }
    }

    public init(from before: RecordedPosture, to after: RecordedPosture) {
        self.before = before
        self.after = after
        var opened: [RecordedPosture.Line] = []
        var waived: [RecordedPosture.Line] = []
        var lapsed: [RecordedPosture.Line] = []
        var changed: [Change] = []
        for line in after.findings {
            let earlier = before.finding(line.id)
            if line.isWaived {
                if earlier?.isWaived != true { waived.append(line) }
            } else if let earlier, earlier.isWaived {
                lapsed.append(line)
            } else if earlier == nil, !before.undecided.contains(line.id) {
                opened.append(line)
            }
            if let earlier {
                let change = Change(before: earlier, after: line)
                if change.hasOtherSeverity || change.hasOtherEvidence { changed.append(change) }
            }
        }
        let gone = before.findings.filter { !$0.isWaived && !after.has($0.id) }
        self.opened = opened
        self.waived = waived
        self.lapsed = lapsed
        self.changed = changed
        let judged = gone.filter { !after.undecided.contains($0.id) }
        resolved = judged.filter { after.judges($0.rule) }
        withdrawn = judged.filter { !after.judges($0.rule) }
        undecided = gone.filter { after.undecided.contains($0.id) }
    }

    public var isEmpty: Bool {
        [opened, resolved, undecided, withdrawn, waived, lapsed].allSatisfy(\.isEmpty) && changed.isEmpty
            && before.score == after.score
    }
}

extension RecordedPosture {
    /// Whether the scan would have found what is against a rule. What Parapet finds in its own configuration is judged
    /// always.
    fileprivate func judges(_ rule: String) -> Bool { rules.contains(rule) || OwnRule(rawValue: rule) != nil }
}
