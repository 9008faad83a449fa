public import Documents
public import Posture
internal import Rules

/// The way to a higher percentage of a framework, for people and for programs.
public struct RoadmapReport: Sendable {
    private let roadmap: Roadmap
    private let compliance: Compliance
    private let tenant: String

    public init(_ roadmap: Roadmap, of compliance: Compliance, tenant: String) {
        self.roadmap = roadmap
        self.compliance = compliance
        self.tenant = tenant
    }

    // MARK: Text

    /// For a terminal: commands stand as they are to be run.
    public func text(_ style: TextStyle) -> String {
        var lines = [
            style.paint("\(compliance.framework.title.inert): \(tenant)", .strong) + ": "
                + ComplianceText.share(compliance)
        ]
        for (index, step) in roadmap.steps.enumerated() {
            let controls = step.controls.map(\.id.inert).joined(separator: ", ")
            lines += ["", style.paint("\(index + 1). \(gain(step, controls))", .strong)]
            for finding in step.findings {
                lines.append("  [ ] \(finding.severity.rawValue): \(Self.message(finding).inert) (\(finding.rule))")
                if let cli = finding.remediation.cli { lines.append("      " + style.paint(cli.inert, .faint)) }
            }
        }
        if roadmap.steps.isEmpty { lines += ["", "no control waits for a fix"] }
        if !roadmap.blocked.isEmpty {
            lines += [
                "", "unknown: nothing lets these pass before Parapet can read what it needs, and all their rules run",
            ]
            for result in roadmap.blocked {
                lines.append("  [ ] \(result.control.id.inert)  \(result.control.title.inert)")
                lines += ComplianceText.openWork(result).map { "      " + style.paint($0, .faint) }
            }
        }
        return lines.joined(separator: "\n")
    }

    private func gain(_ step: Roadmap.Step, _ controls: String) -> String {
        let number = step.findings.count == 1 ? "1 fix" : "\(step.findings.count) fixes"
        let goal = step.percentage.map { ", \($0)%" } ?? ""
        return "\(number): \(controls) \(step.controls.count == 1 ? "passes" : "pass")\(goal)"
    }

    private static func message(_ finding: Finding) -> String {
        finding.message.isEmpty ? finding.title : finding.message
    }

    // MARK: Markdown

    /// A checklist.
    public var markdown: String {
        var output = "# \(Markdown.text(compliance.framework.title)): \(Markdown.text(tenant))\n\n"
        output += "Now \(ComplianceText.share(compliance)).\n"
        for (index, step) in roadmap.steps.enumerated() {
            let controls = step.controls.map { Markdown.code($0.id) }.joined(separator: ", ")
            output += "\n## \(index + 1). \(gain(step, controls))\n\n"
            for finding in step.findings {
                output += "- [ ] \(finding.severity.rawValue): \(Markdown.text(Self.message(finding))) "
                output += "(\(Markdown.code(finding.rule)))\n"
                if let cli = finding.remediation.cli { output += "      \(Markdown.code(cli))\n" }
            }
        }
        if roadmap.steps.isEmpty { output += "\nNo control waits for a fix.\n" }
        if !roadmap.blocked.isEmpty {
            output +=
                "\n## Unknown\n\nNothing lets these pass before Parapet can read what it needs, and all their rules run.\n\n"
            for result in roadmap.blocked {
                output += "- [ ] \(Markdown.code(result.control.id)) \(Markdown.text(result.control.title)): "
                output += ComplianceText.openWork(result).map(Markdown.text).joined(separator: "; ") + "\n"
            }
        }
        return output
    }

    // MARK: JSON

    public var json: JSON {
        [
            "version": 1, "tenant": .string(tenant), "framework": .string(compliance.framework.id),
            "percentage": compliance.percentage.map { .integer(Int64($0)) } ?? .null,
            "steps": .array(
                roadmap.steps.map { step in
                    [
                        "findings": .array(step.findings.map(FindingsJSON.render)),
                        "controls": .array(step.controls.map { .string($0.id) }),
                        "percentage": step.percentage.map { .integer(Int64($0)) } ?? .null,
                    ]
                }),
            "unknown": .array(roadmap.blocked.map { .string($0.control.id) }),
        ]
    }
}
