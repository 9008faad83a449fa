internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// Everything that a tenant's scan says by one rule: to read without scripts, to print, to link to.
struct RulePage {
    private let rule: String
    private let entries: [ReportEntry]
    private let tenant: TenantPages

    init(_ rule: String, _ entries: [ReportEntry], of tenant: TenantPages) {
        self.rule = rule
        self.entries = entries
        self.tenant = tenant
    }

    var page: Page {
        let title = entries.first?.title ?? rule
        var body = "<p class=\"trail\"><a href=\"../index.html\">\(Markup.line(tenant.name))</a></p>\n"
        body += "<h1>\(Markup.line(title))</h1>\n"
        if let first = entries.first {
            body += "<p>\(Fragment.severity(first.severity))</p>\n"
            body += Detail.shared(by: first).filter { $0.label != "Title" }.markup
        }
        body += section(.open, "Open") + section(.unknown, "Unknown") + section(.waived, "Waived")
        return Page(
            path: "\(tenant.folder)/\(tenant.place(ofRule: rule))", title: "\(title): \(tenant.name)",
            navigation: tenant.navigation("", up: "../"), body: body)
    }

    private func section(_ status: ReportEntry.Status, _ title: String) -> String {
        let entries = entries.filter { $0.status == status }
        guard !entries.isEmpty else { return "" }
        return """
            <section aria-labelledby="\(status.rawValue)">
            <h2 id="\(status.rawValue)">\(title) <span class="total">\(entries.count)</span></h2>
            \(entries.map(article).joined())</section>

            """
    }

    private func article(_ entry: ReportEntry) -> String {
        let id = "f-\(Markup.line(entry.id))"
        return """
            <article class="finding" id="\(id)">
            <h3><a class="stop" href="#\(id)">\(Markup.line(entry.message))</a></h3>
            \(Detail.details(of: entry).markup)</article>

            """
    }
}
