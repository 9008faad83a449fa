internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// How a tenant stands against a framework, and what to fix first.
struct CompliancePage {
    private let compliance: Compliance
    private let tenant: TenantPages

    init(_ compliance: Compliance, of tenant: TenantPages) {
        self.compliance = compliance
        self.tenant = tenant
    }

    var page: Page {
        let framework = compliance.framework
        var body = "<p class=\"trail\"><a href=\"../index.html\">\(Markup.line(tenant.name))</a></p>\n"
        body +=
            "<h1>\(Markup.line(framework.title)) <span class=\"version\">\(Markup.line(framework.version))</span></h1>\n"
        body += tenant.origin + summary
        body += RoadmapSection(Roadmap(compliance, open: tenant.posture.findings), of: tenant).markup
        body += "<section aria-labelledby=\"controls\">\n<h2 id=\"controls\">Controls</h2>\n"
        body += sections.map(table).joined() + "</section>\n"
        return Page(
            path: "\(tenant.folder)/\(tenant.place(ofFramework: framework.id))",
            title: "\(framework.title): \(tenant.name)",
            navigation: tenant.navigation(tenant.place(ofFramework: framework.id), up: "../"), body: body)
    }

    private var summary: String {
        let counts = Compliance.Status.allCases.map { ($0, compliance.count($0)) }
        let share = compliance.percentage.map { "\($0)%" } ?? "none"
        return Fragment.tiles(
            [("of \(compliance.counted) controls passed", share, "score")]
                + counts.map { status, count in
                    (status.words, String(count), count == 0 ? "none" : "state-\(status.rawValue)")
                })
            + "<p>"
            + Fragment.bar(
                counts.map { ($0.rawValue, $1) },
                label: counts.map { "\($1) \($0.words)" }.joined(separator: ", ")) + "</p>\n"
                + """
                <p class="note">The percentage is passed / (passed + failed + unknown). Controls that are waived, not applicable or not \
                covered do not count: of what is not covered nothing is known, so that it has not passed either. Unknown is also a \
                control with a rule that does not run.</p>

                """
    }

    /// Controls by section, in the framework's order.
    private var sections: [(title: String, controls: [Compliance.ControlResult])] {
        var sections: [(title: String, controls: [Compliance.ControlResult])] = []
        for result in compliance.controls {
            let title = result.control.section ?? "Controls"
            if let index = sections.firstIndex(where: { $0.title == title }) {
                sections[index].controls.append(result)
            } else {
                sections.append((title, [result]))
            }
        }
        return sections
    }

    private func table(_ section: (title: String, controls: [Compliance.ControlResult])) -> String {
        Fragment.table(
            section.title, ["Control", "Title", "State", "Rules"],
            section.controls.map { result in
                [
                    Fragment.code(result.control.id), Markup.line(result.control.title), Self.state(result.status),
                    rules(result),
                ]
            })
    }

    private static func state(_ status: Compliance.Status) -> String {
        "<span class=\"tag state-\(status.rawValue)\">\(status.words)</span>"
    }

    private func rules(_ result: Compliance.ControlResult) -> String {
        guard !result.rules.isEmpty else { return "<span class=\"none\">no rule speaks for it</span>" }
        return result.rules.map { rule in
            let counts = rule.counts
            let parts = [
                (counts.fail, "failed"), (counts.unknown, "unknown"), (counts.waived, "waived"),
                (counts.pass, "passed"),
            ]
            let numbers =
                rule.isEvaluated
                ? parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
                : rule.isDisabled ? "switched off" : "not run"
            // Where everything passed there is no page.
            let name =
                tenant.rules[rule.rule] == nil
                ? Fragment.code(rule.rule)
                : Fragment.link("../\(tenant.place(ofRule: rule.rule))", rule.rule, kind: "stop")
            return
                "<span class=\"line\">\(name) <span class=\"numbers\">\(numbers.isEmpty ? "nothing to judge" : numbers)</span></span>"
        }.joined()
    }
}
