internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// A tenant's findings: short lines to look through. Scripts filter and open them; without scripts each line leads to
/// its rule's page.
struct FindingsPage {
    private let tenant: TenantPages

    init(_ tenant: TenantPages) { self.tenant = tenant }

    var page: Page {
        let posture = tenant.posture
        var body = "<h1>\(Markup.line(tenant.name))</h1>\n" + tenant.origin
        body += Fragment.tiles(
            [("score", String(posture.score.value), "score")]
                + Fragment.counts(
                    open: posture.count, unknown: posture.unknownCount, waived: posture.waived.count))
        body += filters
        body += "<p id=\"count\" role=\"status\">\(tenant.entries.count) shown</p>\n"
        if posture.findings.isEmpty {
            let unknown = posture.unknownCount > 0 ? " What is unknown was not judged, see below." : ""
            body += "<p class=\"empty\">No open findings.\(unknown)</p>\n"
        }
        body += section(.open, "Open", "")
        body += section(.unknown, "Unknown", "What could not be judged is neither passed nor failed.")
        body += section(
            .waived, "Waived", "Failures that were accepted until a day. They count neither as failed nor as passed.")
        body += "<p id=\"nothing\" class=\"empty\" hidden=\"hidden\">Nothing matches these filters.</p>\n"
        body += causes + disabled
        return Page(
            path: "\(tenant.folder)/index.html", title: "Findings of \(tenant.name)",
            navigation: tenant.navigation("index.html"), body: body,
            scripts: ["assets/findings.js", "\(tenant.folder)/details.js"],
            shortcuts: [
                (["/"], "search"), (["1 – 5"], "show or leave out a severity: 1 is critical, 5 is info"),
                (["x"], "clear the filters"), (["c"], "copy the command of the open line"),
            ])
    }

    // MARK: Filters

    private var filters: String {
        let severities = Severity.allCases.map { severity in
            check("severity", severity.rawValue, severity.rawValue)
        }
        let statuses = ["open", "unknown", "waived"].map { check("status", $0, "") }
        let services = Set(tenant.entries.map(FindingRow.service)).sorted()
        let frameworks = tenant.posture.compliance.map { ($0.framework.id, $0.framework.title) }
        return """
            <form id="filters" class="script-only" role="search" aria-label="Findings">
            <div class="find">
            <p class="field wide"><label for="search">Search</label>
            <input type="search" id="search" name="q" autocomplete="off" spellcheck="false" /></p>
            <p class="field"><button type="reset">Clear <kbd>x</kbd></button></p>
            </div>
            <details id="choices" open="open">
            <summary>Filters and order</summary>
            <div class="choices">
            <fieldset><legend>Severity</legend>\(severities.joined())</fieldset>
            <fieldset><legend>Status</legend>\(statuses.joined())</fieldset>
            \(select("service", "Service", [("", "all")] + services.map { ($0, $0) }))\
            \(select("framework", "Framework", [("", "all")] + frameworks))\
            \(select("sort", "Sort", Self.orders))\
            </div>
            </details>
            </form>

            """
    }

    private static let orders = [
        ("", "severity"), ("newest", "first seen, newest"), ("oldest", "first seen, oldest"), ("resource", "resource"),
        ("rule", "rule"),
    ]

    private func check(_ name: String, _ value: String, _ kind: String) -> String {
        "<label class=\"check \(kind)\"><input type=\"checkbox\" name=\"\(name)\" value=\"\(value)\" /> \(value)</label>\n"
    }

    private func select(_ name: String, _ label: String, _ options: [(value: String, text: String)]) -> String {
        let items = options.map { "<option value=\"\(Markup.line($0.value))\">\(Markup.line($0.text))</option>" }
        return """
            <p class="field"><label for="\(name)">\(label)</label>
            <select id="\(name)" name="\(name)">\(items.joined())</select></p>

            """
    }

    // MARK: Lists

    private func section(_ status: ReportEntry.Status, _ title: String, _ note: String) -> String {
        let entries = tenant.entries.filter { $0.status == status }
        guard !entries.isEmpty else { return "" }
        let id = status.rawValue
        let rows = entries.map { FindingRow($0, place: tenant.place(of: $0)).markup }
        return """
            <section class="group" aria-labelledby="\(id)">
            <h2 id="\(id)">\(title) <span class="total">\(entries.count)</span></h2>
            \(note.isEmpty ? "" : "<p>\(note)</p>\n")<ol class="rows">
            \(rows.joined())</ol>
            </section>

            """
    }

    private var causes: String {
        let unknowns = tenant.posture.unknowns
        guard !unknowns.isEmpty else { return "" }
        return "<section aria-labelledby=\"causes\">\n<h2 id=\"causes\">Unknown, by cause</h2>\n"
            + Fragment.table(
                "Causes", ["Cause", "#Resources", "Rules"],
                unknowns.map { group in
                    [
                        Fragment.code(group.cause), String(group.resources.count),
                        group.rules.map { Fragment.link(tenant.place(ofRule: $0), $0) }.joined(separator: ", "),
                    ]
                }) + "</section>\n"
    }

    private var disabled: String {
        let rules = tenant.posture.disabled
        guard !rules.isEmpty else { return "" }
        return "<section aria-labelledby=\"disabled\">\n<h2 id=\"disabled\">Disabled rules</h2>\n"
            + Fragment.table(
                "Rules that are switched off", ["Rule", "Until", "Reason", "File"],
                rules.map {
                    [Fragment.code($0.rule), $0.expires.date, Markup.line($0.reason), Fragment.code($0.path)]
                }) + "</section>\n"
    }
}
