public import Documents
public import Posture
internal import Rules

extension RecordedPosture {
    /// The findings in a tenant's `findings.json`; nil where it is none. Works on all processors.
    package static func lines(_ document: HeldJSON) -> [Line]? { document.all("findings", Line.init) }

    /// Reads what else a tenant's `findings.json` and `summary.json` of one commit say; nil where they are none.
    package init?(_ lines: [Line], of document: HeldJSON, summary numbers: JSON, moment: Timestamp, commit: String) {
        guard let tenant = document.read({ $0.string("tenant") }), let score = numbers["score"]?.integer,
            let unknown = numbers["unknown"]?.integer, let rules = numbers["rules"]?.object
        else { return nil }
        var undecided: Set<String> = []
        document.read { root in
            root.member("undecided")?.forEach { finding in
                if let id = finding.string("id") { undecided.insert(id) }
            }
        }
        self.init(
            tenant: tenant, moment: moment, commit: commit, score: Int(score), findings: lines, undecided: undecided,
            unknown: Int(unknown), rules: Set(rules.map(\.key)))
    }
}

extension RecordedPosture.Line {
    fileprivate init?(_ json: TapeValue, _ repeated: inout RepeatedTexts) {
        // In the order in which they are written.
        var members = TapeMembers(json)
        let evidence = members.value("evidence")?.count ?? 0
        guard let digest = members.string("evidence_digest"),
            let firstSeen = members.value("first_seen").flatMap({ Timestamp(utf8: $0.text) }),
            let id = members.string("id"), let message = members.string("message"),
            let resource = members.value("resource").flatMap({ ResourceReference($0, &repeated) }),
            let rule = repeated.text("rule", of: &members),
            let severity = repeated.text("severity", of: &members).flatMap(Severity.init(rawValue:)),
            let status = repeated.text("status", of: &members), let title = repeated.text("title", of: &members)
        else { return nil }
        self.init(
            id: id, rule: rule, title: title, severity: severity, resource: resource, message: message,
            isWaived: status == "waived", firstSeen: firstSeen, evidenceDigest: digest,
            evidenceCount: evidence)
    }
}
