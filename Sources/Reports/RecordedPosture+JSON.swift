public import Documents
public import Posture
internal import Rules

extension RecordedPosture {
    /// Reads a tenant's `findings.json` and `summary.json` of one commit; nil where they are none.
    public init?(findings: [UInt8], summary: [UInt8], moment: Timestamp, commit: String) {
        guard let document = try? JSON.parse(findings), let numbers = try? JSON.parse(summary),
            let tenant = document["tenant"]?.string, let list = document["findings"]?.array,
            let score = numbers["score"]?.integer, let unknown = numbers["unknown"]?.integer,
            let rules = numbers["rules"]?.object
        else { return nil }
        let lines = list.compactMap(Line.init)
        guard lines.count == list.count else { return nil }
        self.init(
            tenant: tenant, moment: moment, commit: commit, score: Int(score), findings: lines,
            undecided: Set((document["undecided"]?.array ?? []).compactMap { $0["id"]?.string }), unknown: Int(unknown),
            rules: Set(rules.map(\.key)))
    }
}

extension RecordedPosture.Line {
    fileprivate init?(_ json: JSON) {
        guard let id = json["id"]?.string, let rule = json["rule"]?.string, let title = json["title"]?.string,
            let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:)),
            let message = json["message"]?.string, let status = json["status"]?.string,
            let firstSeen = json["first_seen"]?.string.flatMap({ Timestamp($0) }),
            let digest = json["evidence_digest"]?.string, let resource = json["resource"],
            let type = resource["type"]?.string, let name = resource["id"]?.string, let arn = resource["arn"]?.string,
            let region = resource["region"]?.string
        else { return nil }
        self.init(
            id: id, rule: rule, title: title, severity: severity,
            resource: ResourceReference(type: type, id: name, arn: arn, region: region), message: message,
            isWaived: status == "waived", firstSeen: firstSeen, evidenceDigest: digest,
            evidenceCount: json["evidence"]?.array?.count ?? 0)
    }
}
