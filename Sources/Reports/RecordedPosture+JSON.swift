public import Documents
public import Posture
internal import Rules

extension RecordedPosture {
    /// Reads a tenant's `findings.json` and `summary.json` of one commit; nil where they are none.
    public init?(findings: [UInt8], summary: [UInt8], moment: Timestamp, commit: String) {
        guard let document = JSON.read(findings, RecordedFindings.init), let numbers = try? JSON.parse(summary),
            let score = numbers["score"]?.integer, let unknown = numbers["unknown"]?.integer,
            let rules = numbers["rules"]?.object
        else { return nil }
        self.init(
            tenant: document.tenant, moment: moment, commit: commit, score: Int(score), findings: document.lines,
            undecided: document.undecided, unknown: Int(unknown), rules: Set(rules.map(\.key)))
    }
}

/// What a `findings.json` holds.
private struct RecordedFindings {
    var tenant: String
    var lines: [RecordedPosture.Line] = []
    var undecided: Set<String> = []

    /// Nil where a finding is none.
    init?(_ document: TapeValue) {
        guard let tenant = document.string("tenant"), let findings = document.member("findings"),
            findings.kind == .array
        else { return nil }
        self.tenant = tenant
        findings.forEach { finding in
            if let line = RecordedPosture.Line(finding) { lines.append(line) }
        }
        guard lines.count == findings.count else { return nil }
        document.member("undecided")?.forEach { finding in
            if let id = finding.string("id") { undecided.insert(id) }
        }
    }
}

extension RecordedPosture.Line {
    fileprivate init?(_ json: TapeValue) {
        guard let id = json.string("id"), let rule = json.string("rule"), let title = json.string("title"),
            let severity = json.string("severity").flatMap(Severity.init(rawValue:)),
            let message = json.string("message"), let status = json.string("status"),
            let firstSeen = json.string("first_seen").flatMap({ Timestamp($0) }),
            let digest = json.string("evidence_digest"),
            let resource = json.member("resource").flatMap(ResourceReference.init)
        else { return nil }
        self.init(
            id: id, rule: rule, title: title, severity: severity, resource: resource, message: message,
            isWaived: status == "waived", firstSeen: firstSeen, evidenceDigest: digest,
            evidenceCount: json.member("evidence")?.count ?? 0)
    }
}
