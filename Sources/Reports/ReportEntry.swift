package import Documents
package import Posture
package import Rules

/// What is said of one resource by one rule that did not pass: the line of a report.
package struct ReportEntry {
    package enum Status: String {
        case open, waived, unknown
    }

    package var id: String
    package var rule: String
    package var title: String
    package var severity: Severity
    package var category: String?
    package var resource: ResourceReference
    /// Who is responsible for the resource.
    package var owner: String?
    /// A link to AWS's console.
    package var console: String?
    package var message: String
    package var status: Status
    package var evidence: [Evidence] = []
    package var evidenceDigest: String?
    package var remediation = Finding.Remediation()
    package var references: [String]
    package var controls: [String]
    /// Nil where it is unknown.
    package var firstSeen: Timestamp?
    package var waiver: Finding.AppliedWaiver?
    /// Why it is unknown; else empty.
    package var causes: [String] = []
}

extension ReportEntry {
    package init(_ finding: Finding) {
        self.init(
            id: finding.id, rule: finding.rule, title: finding.title, severity: finding.severity,
            category: finding.category, resource: finding.resource,
            owner: finding.owner, console: finding.console,
            message: finding.message.isEmpty ? finding.title : finding.message,
            status: finding.waiver == nil ? .open : .waived, evidence: finding.evidence,
            evidenceDigest: finding.evidenceDigest, remediation: finding.remediation, references: finding.references,
            controls: finding.controls, firstSeen: finding.firstSeen, waiver: finding.waiver)
    }

    init(_ check: UnknownCheck, of rule: JudgedRule) {
        self.init(
            id: check.id, rule: rule.id, title: rule.title, severity: rule.severity, category: rule.category,
            resource: check.resource, owner: check.owner, console: check.console,
            message: "could not be judged: \(check.causes.joined(separator: "; "))",
            status: .unknown, references: rule.references, controls: rule.controls, causes: check.causes)
    }

    /// `waived by legacy-sftp (approved by @alice) until 2027-02-28: reason, SEC-1412`; nil where it is not waived.
    package var waivedBy: String? {
        waiver.map { waiver in
            "waived by \(waiver.name) (approved by \(waiver.approvedBy)) until \(waiver.expires.date): "
                + [waiver.reason, waiver.ticket].compactMap { $0 }.joined(separator: ", ")
        }
    }

    fileprivate static func comesFirst(_ left: ReportEntry, _ right: ReportEntry) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        return (left.rule, left.resource) < (right.rule, right.resource)
    }

    /// The ARN, or where there is none what else names the resource.
    func name(account: String) -> String {
        resource.arn.isEmpty ? "\(account)/\(resource.region)/\(resource.type)/\(resource.id)" : resource.arn
    }
}

extension Posture {
    /// Open, waived and unknown ones; worst first, then by rule and resource.
    package var entries: [ReportEntry] {
        let rules = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
        let unknown = unknownChecks.compactMap { check in rules[check.rule].map { ReportEntry(check, of: $0) } }
        let entries = failures.map(ReportEntry.init)
        return unknown.isEmpty ? entries : (entries + unknown).sorted(by: ReportEntry.comesFirst)
    }

    /// Open and waived ones; worst first, then by rule and resource.
    var failures: [Finding] { waived.isEmpty ? findings : (findings + waived).sorted(by: Posture.comesFirst) }
}
