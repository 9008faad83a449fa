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
        guard let read = JSON.read(bytes, EarlierFindings.init) else { return nil }
        self = read
    }

    private init?(_ document: TapeValue) {
        guard let findings = document.member("findings"), findings.kind == .array else { return nil }
        findings.forEach { finding in
            guard let earlier = EarlierFinding(finding) else { return }
            self.findings.append(earlier)
            if finding.string("status") == "waived" { waived.insert(earlier.id) }
        }
        document.member("undecided")?.forEach { finding in
            guard let earlier = EarlierFinding(finding) else { return }
            self.findings.append(earlier)
            undecided.insert(earlier.id)
        }
    }
}

extension EarlierFinding {
    init?(_ json: TapeValue) {
        guard let id = json.string("id"), let rule = json.string("rule"),
            let moment = json.string("first_seen").flatMap({ Timestamp($0) }),
            let resource = json.member("resource").flatMap(ResourceReference.init)
        else { return nil }
        self.init(id: id, rule: rule, resource: resource, firstSeen: moment)
    }
}

extension ResourceReference {
    /// As reports write it; nil where it is none.
    init?(_ json: TapeValue) {
        guard let type = json.string("type"), let id = json.string("id"), let arn = json.string("arn"),
            let region = json.string("region")
        else { return nil }
        self.init(type: type, id: id, arn: arn, region: region)
    }
}
