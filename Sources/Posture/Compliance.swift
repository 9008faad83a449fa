public import Rules

/// How an account stands against a framework.
public struct Compliance: Sendable {
    public var framework: Framework
    public var controls: [ControlResult]

    public enum Status: String, Sendable, CaseIterable {
        case passed, failed
        /// Nothing fails, but something could not be judged, or a rule of the control does not run.
        case unknown
        /// Nothing fails and nothing is unknown, but for failures that are waived and rules that are switched off.
        case waived
        /// Its rules ran, and there is nothing that they speak of.
        case notApplicable = "not_applicable"
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
        /// True where an overlay switches the rule off, with a reason and until a day.
        public var isDisabled: Bool
        public var counts: VerdictCounts
    }

    /// Of the controls that passed, failed or are unknown, the share that passed, in percent, rounded down. Waived
    /// controls do not count, they neither passed nor failed; nor do those without anything that they speak of. Nil
    /// where no control counts.
    public var percentage: Int? {
        counted == 0 ? nil : count(.passed) * 100 / counted
    }

    /// Controls that count in the percentage.
    public var counted: Int { count(.passed) + count(.failed) + count(.unknown) }

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
    /// - Parameters:
    ///   - counts: of the rules that ran.
    ///   - disabled: the rules that are switched off.
    public init(_ framework: Framework, counts: [String: VerdictCounts], disabled: Set<String> = []) {
        self.framework = framework
        controls = framework.controls.map { control in
            let rules = control.rules.map { rule in
                RuleResult(
                    rule: rule, isEvaluated: counts[rule] != nil,
                    isDisabled: counts[rule] == nil && disabled.contains(rule),
                    counts: counts[rule] ?? VerdictCounts())
            }
            return ControlResult(control: control, status: Status(rules), rules: rules)
        }
    }
}

extension Compliance.Status {
    init(_ rules: [Compliance.RuleResult]) {
        func count(_ verdicts: KeyPath<VerdictCounts, Int>) -> Int {
            rules.reduce(0) { $0 + $1.counts[keyPath: verdicts] }
        }
        self =
            if !rules.contains(where: \.isEvaluated) {
                .notCovered
            } else if count(\.fail) > 0 {
                .failed
            } else if rules.contains(where: \.isOpen) {
                .unknown
            } else if count(\.waived) > 0 || rules.contains(where: \.isDisabled) {
                .waived
            } else if count(\.pass) == 0 { .notApplicable } else { .passed }
    }
}

extension Compliance.RuleResult {
    /// Something is not known: a verdict, or all of them because the rule does not run.
    var isOpen: Bool { isEvaluated ? counts.unknown > 0 : !isDisabled }
}
