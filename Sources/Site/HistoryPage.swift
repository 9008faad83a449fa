internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// How a tenant fared from scan to scan.
struct HistoryPage {
    private let tenant: TenantPages

    init(_ tenant: TenantPages) { self.tenant = tenant }

    var page: Page {
        var body = "<p class=\"trail\"><a href=\"index.html\">\(Markup.line(tenant.name))</a></p>\n<h1>History</h1>\n"
        body += tenant.origin
        if tenant.history.points.isEmpty {
            body += "<p class=\"empty\">The results branch tells of no scan.</p>\n"
        } else {
            body += charts + months + medians + scans
        }
        return Page(
            path: "\(tenant.folder)/history.html", title: "History of \(tenant.name)",
            navigation: tenant.navigation("history.html"), body: body)
    }

    private var charts: String {
        let points = tenant.points
        let score = TrendChartSVG.score(points, title: "Score of \(tenant.name)", in: .page)
        let open = TrendChartSVG.open(points, title: "Open findings of \(tenant.name) by severity", in: .page)
        return """
            <div class="charts">
            <figure><figcaption>Score</figcaption><div class="scroll" role="region" aria-label="Chart of the score" tabindex="0">
            \(score)</div></figure>
            <figure><figcaption>Open findings by severity</figcaption>\
            <div class="scroll" role="region" aria-label="Chart of open findings" tabindex="0">
            \(open)</div></figure>
            </div>

            """
    }

    private var months: String {
        Fragment.table(
            "Months", ["Month", "#Score", "#Open", "#Opened", "#Resolved"],
            tenant.history.months.reversed().map { month in
                [month.name] + [month.score, month.open, month.opened, month.resolved].map(String.init)
            })
    }

    private var medians: String {
        let medians = Severity.allCases.compactMap { severity in
            tenant.history.medianDaysToFix(severity).map { "\(severity.rawValue) \(($0 * 10).rounded() / 10)" }
        }
        return
            "<p>Median days to fix: \(medians.isEmpty ? "nothing was fixed yet" : medians.joined(separator: ", ")).</p>\n"
    }

    /// The newest ones: git has them all.
    private var scans: String {
        let points = tenant.history.points
        let most = 50
        return Fragment.table(
            points.count > most ? "Scans that changed something, the newest \(most)" : "Scans that changed something",
            ["Scan", "Commit", "#Score"] + Severity.allCases.map { "#" + $0.rawValue.capitalizedASCII }
                + ["#Waived", "#Unknown", "#Opened", "#Resolved"],
            points.suffix(most).reversed().map { point in
                [
                    Fragment.moment(point.moment.description), Fragment.code(String(point.commit.prefix(10))),
                    String(point.score),
                ] + Severity.allCases.map { String(point.open[$0] ?? 0) }
                    + [point.waived, point.unknown, point.opened, point.resolved].map(String.init)
            })
    }
}
