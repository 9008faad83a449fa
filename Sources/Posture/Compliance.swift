public import Rules

/// How an account stands against a framework.
public struct Compliance: Sendable {
    public var framework: Framework
    public var controls: [ControlResult]

    public enum Status: String, Sendable, CaseIterable {
        case passed, failed, unknown
        /// Nothing fails and nothing is unknown, but for failures that are waived.
        case waived
        /// No rule of the control was evaluated: nothing is known, and nothing is claimed.
        case notCovered = "not_covered"
    }

    public struct ControlResult: Sendable {
        public var control: Framework.Control
        public var status: Status
        public var rules: [RuleResult]
    }

    /// The verdicts of one rule, counted.
    public struct RuleResult: Sendable, Hashable {
        public var rule: String
        /// False where the tenant does not run the rule.
        public var isEvaluated: Bool
        public var counts: VerdictCounts
    }

    /// Of the controls that passed, failed or are unknown, the share that passed, in percent, rounded down. Waived
    /// controls do not count: they neither passed nor failed. Nil where no control counts.
    public var percentage: Int? {
        let counted = count(.passed) + count(.failed) + count(.unknown)
        return counted == 0 ? nil : count(.passed) * 100 / counted
    }

    public func count(_ status: Status) -> Int { controls.count { $0.status == status } }
}

/// How often each verdict was given.
public struct VerdictCounts: Sendable, Hashable {
    public var pass = 0
    /// Failures that are open.
    public var fail = 0
    /// Failures that are waived.
    public var waived = 0
    public var notApplicable = 0
    public var unknown = 0

    public init() {}

    public mutating func add(_ kind: VerdictKind) {
        switch kind {
        case .pass: pass += 1
        case .fail: fail += 1
        case .notApplicable: notApplicable += 1
        case .unknown: unknown += 1
        }
    }
}

extension Compliance {
    init(_ framework: Framework, counts: [String: VerdictCounts]) {
        self.framework = framework
        controls = framework.controls.map { control in
            let rules = control.rules.map { rule in
                RuleResult(rule: rule, isEvaluated: counts[rule] != nil, counts: counts[rule] ?? VerdictCounts())
            }
            let evaluated = rules.filter(\.isEvaluated)
            let status: Status =
                if evaluated.isEmpty { .notCovered } else if evaluated.contains(where: { $0.counts.fail > 0 }) {
                    .failed
                } else if evaluated.contains(where: { $0.counts.unknown > 0 }) {
                    .unknown
                } else if evaluated.contains(where: { $0.counts.waived > 0 }) { .waived } else { .passed }
            return ControlResult(control: control, status: status, rules: rules)
        }
    }
}
