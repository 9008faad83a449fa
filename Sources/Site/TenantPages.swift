internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// A tenant's part of the site.
struct TenantPages {
    let name: String
    let posture: Posture
    let history: History
    /// `tenants/prod`
    let folder: String
    let entries: [ReportEntry]
    /// Names of files, by the rule's id.
    let rules: [String: String]
    /// Names of files, by the framework's id.
    let frameworks: [String: String]

    init(_ name: String, _ posture: Posture, _ history: History, folder: String) {
        self.name = name
        self.posture = posture
        self.history = history
        self.folder = folder
        entries = Array(posture.entries)
        rules = SitePath.names(of: entries.map(\.rule))
        frameworks = SitePath.names(of: posture.compliance.map(\.framework.id))
    }

    var points: [TrendPoint] { history.points.map(TrendPoint.init) }

    func files(version: String) -> [SiteFile] {
        var files = [
            FindingsPage(self).page.file(version: version), DetailsScript(self).file,
            HistoryPage(self).page.file(version: version),
        ]
        for (rule, entries) in Dictionary(grouping: entries, by: \.rule) {
            files.append(RulePage(rule, entries, of: self).page.file(version: version))
        }
        for compliance in posture.compliance {
            files.append(CompliancePage(compliance, of: self).page.file(version: version))
        }
        return files
    }

    // MARK: Places, relative to the tenant's folder

    func place(ofRule rule: String) -> String { "rules/\(rules[rule] ?? "").html" }

    func place(of entry: ReportEntry) -> String { "\(place(ofRule: entry.rule))#f-\(entry.id)" }

    func place(ofFramework framework: String) -> String { "compliance/\(frameworks[framework] ?? "").html" }

    /// The tenant's pages.
    ///
    /// - Parameters:
    ///   - current: the one that shows them, relative to the tenant's folder.
    ///   - up: the way to the tenant's folder.
    func navigation(_ current: String, up: String = "") -> String {
        var links = [("index.html", "Findings"), ("history.html", "History")]
        links.insert(
            contentsOf: posture.compliance.map { (place(ofFramework: $0.framework.id), $0.framework.title) }, at: 1)
        let items = links.map { place, text in
            let mark = place == current ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(up)\(SitePath.address(place))\"\(mark)>\(Markup.line(text))</a></li>\n"
        }
        return "<nav aria-label=\"Tenant\"><ul>\n\(items.joined())</ul></nav>\n"
    }

    /// Where the results come from.
    var origin: String {
        """
        <p class="origin">Account \(Fragment.code(posture.account)), collected \
        \(Fragment.moment(posture.collectedAt.description)) in \(Markup.line(posture.regions.joined(separator: ", "))): \
        \(posture.resourceCount) resources</p>

        """
    }
}
