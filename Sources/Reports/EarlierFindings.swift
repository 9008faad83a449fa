internal import Documents
public import Posture

/// What a later scan needs of a `findings.json`.
public struct EarlierFindings: Sendable {
    /// Open and waived ones, and those that could not be judged.
    public private(set) var findings: [EarlierFinding] = []
    /// The ids of those that were waived.
    public private(set) var waived: Set<String> = []
    /// The ids of those that could not be judged.
    public private(set) var undecided: Set<String> = []

    /// Nil where the text is no `findings.json`.
    public init?(_ bytes: [UInt8]) {
        guard let document = try? JSON.parse(bytes), let findings = document["findings"]?.array else { return nil }
        for finding in findings {
            guard let earlier = EarlierFinding(finding) else { continue }
            self.findings.append(earlier)
            if finding["status"]?.string == "waived" { waived.insert(earlier.id) }
        }
        for finding in document["undecided"]?.array ?? [] {
            guard let earlier = EarlierFinding(finding) else { continue }
            self.findings.append(earlier)
            undecided.insert(earlier.id)
        }
    }
}

extension EarlierFinding {
    fileprivate init?(_ json: JSON) {
        guard let id = json["id"]?.string, let rule = json["rule"]?.string,
            let moment = json["first_seen"]?.string.flatMap({ Timestamp($0) }), let resource = json["resource"],
            let type = resource["type"]?.string, let name = resource["id"]?.string, let arn = resource["arn"]?.string,
            let region = resource["region"]?.string
        else { return nil }
        self.init(
            id: id, rule: rule, resource: ResourceReference(type: type, id: name, arn: arn, region: region),
            firstSeen: moment)
    }
}
