internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// What to fix first, so that the fewest changes let the most controls pass.
struct RoadmapSection {
    private let roadmap: Roadmap
    private let tenant: TenantPages

    /// Of each step; the others stand on the pages of their rules.
    private static let most = 10

    init(_ roadmap: Roadmap, of tenant: TenantPages) {
        self.roadmap = roadmap
        self.tenant = tenant
    }

    var markup: String {
        var output = "<section aria-labelledby=\"roadmap\">\n<h2 id=\"roadmap\">What to fix first</h2>\n"
        if roadmap.steps.isEmpty {
            output += "<p class=\"empty\">No control waits for a fix.</p>\n"
        } else {
            output += "<p>Each step is the one that lets most controls pass for each fix, given those before it.</p>\n"
            output += "<ol class=\"steps\">\n\(roadmap.steps.map(step).joined())</ol>\n"
        }
        if !roadmap.blocked.isEmpty {
            output +=
                "<h3>Unknown</h3>\n<p>Nothing lets these pass before Parapet can read what it needs, and all their rules run.</p>\n"
            output += "<ul>\n\(roadmap.blocked.map(blocked).joined())</ul>\n"
        }
        return output + "</section>\n"
    }

    private func blocked(_ result: Compliance.ControlResult) -> String {
        let work = ComplianceText.openWork(result).map { Markup.line($0) }.joined(separator: "; ")
        return "<li>\(Fragment.code(result.control.id)) \(Markup.line(result.control.title)): "
            + "<span class=\"numbers\">\(work)</span></li>\n"
    }

    private func step(_ step: Roadmap.Step) -> String {
        let count = step.findings.count
        let controls = step.controls.map { Fragment.code($0.id) }.joined(separator: ", ")
        let goal = step.percentage.map { " <span class=\"goal\">then \($0)%</span>" } ?? ""
        let rest = step.findings.dropFirst(Self.most)
        let more = Dictionary(grouping: rest, by: \.rule).sorted { $0.key < $1.key }.map { rule, findings in
            "\(findings.count) more of \(Fragment.link("../\(tenant.place(ofRule: rule))", rule))"
        }
        return """
            <li>
            <h3>\(count == 1 ? "1 fix" : "\(count) fixes") <span class="gain">for \(controls)</span>\(goal)</h3>
            <ul class="fixes">
            \(step.findings.prefix(Self.most).map(fix).joined())\
            \(more.isEmpty ? "" : "<li class=\"more\">and \(more.joined(separator: ", "))</li>\n")</ul>
            </li>

            """
    }

    private func fix(_ finding: Finding) -> String {
        let entry = ReportEntry(finding)
        let commands = Detail.details(of: entry).filter { $0.label == "Command line" }
        let place = "../\(tenant.place(of: entry))"
        let text = finding.message.isEmpty ? finding.title : finding.message
        return "<li>\(Fragment.severity(finding.severity)) \(Fragment.link(place, text.cut(to: 240), kind: "stop"))"
            + commands.map(\.blocks).joined() + "</li>\n"
    }
}
