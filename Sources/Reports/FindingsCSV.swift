internal import Documents
public import Posture
internal import Rules

/// One finding or unknown check a row, for spreadsheets.
public enum FindingsCSV {
    static let columns = [
        "id", "status", "severity", "tenant", "account", "region", "resource_type", "resource_id", "resource_arn",
        "rule",
        "title", "category", "message", "evidence", "remediation", "remediation_cli", "remediation_terraform",
        "references", "controls", "first_seen", "collected_at", "waiver", "waiver_reason", "waiver_ticket",
        "approved_by",
        "waived_until", "causes", "owner", "console",
    ]

    static func write(_ postures: [Posture], to output: ReportOutput) {
        output.append(CSV.row(columns))
        for posture in postures { output.append(each: posture.entries) { CSV.row(cells($0, posture)) } }
    }

    private static func cells(_ entry: ReportEntry, _ posture: Posture) -> [String] {
        let resource = entry.resource
        let what: [String] = [
            entry.id, entry.status.rawValue, entry.severity.rawValue, posture.tenant, posture.account, resource.region,
            resource.type, resource.id, resource.arn, entry.rule, entry.title, entry.category ?? "", entry.message,
            entry.evidence.isEmpty ? "" : EvidenceJSON.render(entry.evidence).text(),
        ]
        let fix = [entry.remediation.text, entry.remediation.cli, entry.remediation.terraform].map { $0 ?? "" }
        let more: [String] = [
            entry.references.joined(separator: " "), entry.controls.joined(separator: " "),
            entry.firstSeen?.description ?? "", posture.collectedAt.description,
        ]
        let waiver = entry.waiver
        let exception = [
            waiver?.name, waiver?.reason, waiver?.ticket, waiver?.approvedBy, waiver?.expires.date,
        ].map { $0 ?? "" }
        return what + fix + more + exception + [
            entry.causes.joined(separator: "; "), entry.owner ?? "", entry.console ?? "",
        ]
    }
}
