public import Documents
public import Posture

/// The files of a tenant's folder on the results branch.
public struct TenantReports: Sendable {
    /// Paths within the folder, and what stands there.
    public private(set) var files: [(path: String, bytes: [UInt8])] = []
    /// `summary.json`, of which the overview is made.
    public let summary: JSON

    /// - Parameters:
    ///   - posture: with the dates that earlier scans gave its findings.
    ///   - before: `summary.json` as it was; nil where there was none.
    public init(_ posture: Posture, after before: JSON?) {
        let trend = TrendJSON.points(of: before).adding(posture)
        summary = SummaryJSON.render(posture, trend: trend)
        add("README.md", TenantMarkdown.render(posture))
        add("summary.json", summary)
        add("findings.json") { $0.append(FindingsJSON.document(posture), .exact, rows: .indented) }
        add("findings.md") { FindingsMarkdown.write(posture, to: $0) }
        add(
            TenantMarkdown.scorePicture,
            TrendChartSVG.score(trend, title: "Score of \(posture.tenant)", in: .file))
        add(
            TenantMarkdown.openPicture,
            TrendChartSVG.open(trend, title: "Open findings of \(posture.tenant)", in: .file))
        for compliance in posture.compliance {
            let name = "compliance/\(compliance.framework.id)"
            add("\(name).json", ComplianceJSON.render(compliance, tenant: posture.tenant))
            add("\(name).csv", ComplianceCSV.render(compliance))
            add("\(name).md", ComplianceMarkdown.render(compliance, tenant: posture.tenant))
        }
    }

    private mutating func add(_ path: String, _ write: (ReportOutput) -> Void) {
        files.append((path, ReportOutput.bytes(write)))
    }

    private mutating func add(_ path: String, _ text: String) { files.append((path, Array(text.utf8))) }

    private mutating func add(_ path: String, _ document: JSON) { files.append((path, document.bytes(.indented))) }
}
