public import Documents
public import Posture
internal import Rules

/// What `parapet compliance` prints for people.
public enum ComplianceText {
    /// The controls, by section, and how they stand.
    public static func render(_ compliance: Compliance, tenant: String, _ style: TextStyle) -> String {
        var lines = [style.paint("\(compliance.framework.title.inert): \(tenant)", .strong) + ": " + share(compliance)]
        lines.append(
            [Compliance.Status.passed, .failed, .unknown, .waived, .notCovered]
                .map { "\(compliance.count($0)) \(word($0))" }.joined(separator: ", "))
        var section: String?
        for result in compliance.controls {
            if result.control.section != section {
                section = result.control.section
                lines += ["", style.paint((section ?? "").inert, .faint)]
            }
            let status = style.paint(word(result.status).padded(to: 11), accent(result.status))
            lines.append("\(status)  \(result.control.id.inert)  \(result.control.title.inert)")
            for rule in result.rules where rule.counts.fail > 0 || rule.counts.unknown > 0 {
                let parts = [(rule.counts.fail, "failed"), (rule.counts.unknown, "unknown")].filter { $0.0 > 0 }
                lines.append(
                    "             \(rule.rule): " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
            }
        }
        return lines.joined(separator: "\n")
    }

    static func share(_ compliance: Compliance) -> String {
        compliance.percentage.map { "\($0)% of the covered controls passed" }
            ?? "no control passed, failed or is unknown"
    }

    private static func word(_ status: Compliance.Status) -> String {
        status == .notCovered ? "not covered" : status.rawValue
    }

    private static func accent(_ status: Compliance.Status) -> TextStyle.Accent {
        switch status {
        case .passed: .good
        case .failed: .error
        case .unknown: .warning
        case .waived, .notCovered: .faint
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
