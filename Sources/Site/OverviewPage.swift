internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// All tenants at a glance.
struct OverviewPage {
    let tenants: [TenantPages]
    let faults: [Fault]

    /// A tenant whose newest scan cannot be read.
    struct Fault {
        var tenant: String
        var reason: String
    }

    var page: Page {
        var body = "<h1>Security posture</h1>\n"
        if tenants.isEmpty {
            body += "<p class=\"empty\">No tenant has results that can be shown.</p>\n"
        } else {
            body += summary + table
        }
        if !faults.isEmpty {
            body += "<section aria-labelledby=\"faults\">\n<h2 id=\"faults\">Cannot be read</h2>\n"
            body +=
                "<p>These tenants have results, but their newest scan cannot be read. They are in no number above.</p>\n"
            body += Fragment.table(
                "Tenants that cannot be read", ["Tenant", "Reason"],
                faults.map { [Markup.line($0.tenant), Markup.line($0.reason)] })
            body += "</section>\n"
        }
        return Page(path: "index.html", title: "Security posture", body: body)
    }

    /// The share of all tenants' passed checks, weighted as each tenant's score is.
    private var score: Int {
        let passed = tenants.reduce(0) { $0 + $1.posture.score.passed }
        let total = tenants.reduce(0) { $0 + $1.posture.score.total }
        return total == 0 ? 100 : passed * 100 / total
    }

    private var summary: String {
        let sum = { (value: (Posture) -> Int) in tenants.reduce(0) { $0 + value($1.posture) } }
        return Fragment.tiles(
            [("overall score", "\(score)", "score")]
                + Fragment.counts(
                    open: { severity in sum { $0.count(severity) } }, unknown: sum(\.unknownCount),
                    waived: sum(\.waived.count)))
    }

    private var table: String {
        // Who needs attention comes first.
        let sorted = tenants.sorted { ($0.posture.score.value, $0.name) < ($1.posture.score.value, $1.name) }
        return Fragment.table(
            "Tenants, lowest score first",
            ["Tenant", "#Score", "Trend"] + Severity.allCases.map { "#" + $0.rawValue.capitalizedASCII }
                + ["#Unknown", "#Waived", "Compliance", "Last scanned"], sorted.map(row))
    }

    private func row(_ tenant: TenantPages) -> [String] {
        let posture = tenant.posture
        let frameworks = posture.compliance.map { compliance in
            Fragment.link(
                "\(tenant.folder)/\(tenant.place(ofFramework: compliance.framework.id))",
                "\(compliance.framework.id) \(compliance.percentage.map { "\($0)%" } ?? "none covered")")
        }
        return [
            Fragment.link("\(tenant.folder)/index.html", tenant.name, kind: "stop"),
            "<strong>\(posture.score.value)</strong>", trend(tenant),
        ] + Severity.allCases.map { Self.number(posture.count($0), $0.rawValue) } + [
            Self.number(posture.unknownCount, "unknown"), Self.number(posture.waived.count, "waived"),
            frameworks.joined(separator: "<br />"), Fragment.moment(posture.collectedAt.description),
        ]
    }

    private static func number(_ count: Int, _ kind: String) -> String {
        count == 0 ? "<span class=\"none\">0</span>" : "<span class=\"count \(kind)\">\(count)</span>"
    }

    /// How the score changed within 30 days, or since the first scan.
    private func trend(_ tenant: TenantPages) -> String {
        let points = tenant.points
        guard let last = points.last, points.count > 1 else { return "<span class=\"none\">first scan</span>" }
        let start = points.last { $0.moment.seconds <= last.moment.seconds - 30 * 86_400 } ?? points[0]
        let change = last.score - start.score
        let (kind, text) =
            change == 0 ? ("same", "±0") : change > 0 ? ("better", "▲ +\(change)") : ("worse", "▼ −\(-change)")
        return "<span class=\"trend\">\(Fragment.spark(points)) <span class=\"\(kind)\">\(text)</span> "
            + "<span class=\"since\">since \(start.moment.date)</span></span>"
    }
}
