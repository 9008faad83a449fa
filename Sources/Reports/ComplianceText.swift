public import Documents
public import Posture
internal import Rules

/// What `parapet compliance` prints for people.
public enum ComplianceText {
    /// The controls, by section, and how they stand.
    public static func render(_ compliance: Compliance, tenant: String, _ style: TextStyle) -> String {
        var lines = [style.paint("\(compliance.framework.title.inert): \(tenant)", .strong) + ": " + share(compliance)]
        lines.append(
            Compliance.Status.allCases.map { "\(compliance.count($0)) \($0.words)" }.joined(separator: ", "))
        var section: String?
        for result in compliance.controls {
            if result.control.section != section {
                section = result.control.section
                lines += [""] + (section.map { [style.paint($0.inert, .faint)] } ?? [])
            }
            let status = style.paint(result.status.words.padded(to: 14), accent(result.status))
            lines.append("\(status)  \(result.control.id.inert)  \(result.control.title.inert)")
            guard result.status != .notCovered else { continue }
            lines += openWork(result).map { String(repeating: " ", count: 16) + $0 }
        }
        return lines.joined(separator: "\n")
    }

    /// `83% of 12 controls passed`
    public static func share(_ compliance: Compliance) -> String {
        compliance.percentage.map { "\($0)% of \(compliance.counted) controls passed" }
            ?? "no control passed, failed or is unknown"
    }

    /// What keeps a control from passing, by rule.
    package static func openWork(_ result: Compliance.ControlResult) -> [String] {
        result.rules.compactMap { rule in
            guard rule.isEvaluated else { return "\(rule.rule): \(rule.isDisabled ? "switched off" : "not run")" }
            let parts = [(rule.counts.fail, "failed"), (rule.counts.unknown, "unknown")].filter { $0.0 > 0 }
            guard !parts.isEmpty else { return nil }
            return "\(rule.rule): " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        }
    }

    private static func accent(_ status: Compliance.Status) -> TextStyle.Accent {
        switch status {
        case .passed: .good
        case .failed: .error
        case .unknown: .warning
        case .waived, .notApplicable, .notCovered: .faint
        }
    }
}

extension Compliance.Status {
    /// For people: `not covered`.
    package var words: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }
}
