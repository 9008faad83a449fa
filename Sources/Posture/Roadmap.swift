internal import Rules

/// The way to a higher percentage of a framework: which findings to fix first, so that the fewest changes let the most
/// controls pass.
public struct Roadmap: Sendable {
    /// In the order in which they are best taken.
    public private(set) var steps: [Step] = []
    /// Controls that no fix lets pass before what is unknown is known.
    public private(set) var blocked: [Compliance.ControlResult] = []

    /// Findings that, once they are fixed, let controls pass.
    public struct Step: Sendable {
        /// Those that no earlier step has; worst first.
        public var findings: [Finding]
        /// The controls that nothing fails any more after this step.
        public var controls: [Framework.Control]
        /// The framework's percentage after it.
        public var percentage: Int?
    }

    /// Each step is the one that gains most controls for each finding to fix, given the steps before: of those that gain
    /// equally, the smaller one, then the one whose control comes first.
    ///
    /// - Parameter open: the tenant's open findings.
    public init(_ compliance: Compliance, open: [Finding]) {
        let byRule = Dictionary(grouping: open, by: \.rule)
        var compliance = compliance
        var work: [Work] = []
        for (index, result) in compliance.controls.enumerated() {
            if result.status != .notCovered, result.rules.contains(where: \.isOpen) {
                blocked.append(result)
            } else if result.status == .failed {
                let findings = Set(result.rules).flatMap { byRule[$0.rule] ?? [] }
                work.append(Work(index: index, findings: Set(findings.map(\.id))))
            }
        }
        let findings = Dictionary(open.map { ($0.id, $0) }) { first, _ in first }
        while let next = Self.best(work) {
            let solved = work.filter { $0.findings.isSubset(of: next.findings) }
            work.removeAll { $0.findings.isSubset(of: next.findings) }
            for index in work.indices { work[index].findings.subtract(next.findings) }
            for control in solved { compliance.controls[control.index].resolve() }
            steps.append(
                Step(
                    findings: next.findings.compactMap { findings[$0] }.sorted(by: Posture.comesFirst),
                    controls: solved.map { compliance.controls[$0.index].control }, percentage: compliance.percentage))
        }
    }

    /// A control that fails, and what is left to fix for it.
    private struct Work {
        var index: Int
        var findings: Set<String>
    }

    private static func best(_ work: [Work]) -> Work? {
        var best: (work: Work, gain: Int)?
        for candidate in work {
            let gain = work.count { $0.findings.isSubset(of: candidate.findings) }
            guard let (other, otherGain) = best else {
                best = (candidate, gain)
                continue
            }
            // gain / cost, without division; a control that costs nothing is free.
            let left = gain * other.findings.count
            let right = otherGain * candidate.findings.count
            if left > right || left == right && candidate.findings.count < other.findings.count {
                best = (candidate, gain)
            }
        }
        return best?.work
    }
}

extension Compliance.ControlResult {
    /// As it stands when all its open findings are fixed.
    fileprivate mutating func resolve() {
        for index in rules.indices {
            rules[index].counts.pass += rules[index].counts.fail
            rules[index].counts.fail = 0
        }
        status = Compliance.Status(rules)
    }
}
