public import Documents
public import Posture
internal import Rules

extension Posture.Record {
    /// Reads a tenant's `findings.json` and `summary.json`; nil where they are none that a scan of this version writes.
    ///
    /// - Parameters:
    ///   - partition: the account's, which neither file names.
    ///   - moment: when the collection began.
    public init?(findings document: HeldJSON, summary numbers: JSON, partition: String, moment: Timestamp) {
        guard let tenant = document.read({ $0.string("tenant") }),
            let account = document.read({ $0.string("account") }),
            let regions = numbers["regions"]?.array?.compactMap(\.string),
            let resources = numbers["resources"]?.integer, let passed = numbers["weights"]?["passed"]?.integer,
            let total = numbers["weights"]?["total"]?.integer, let rules = numbers["rules"]?.object,
            let findings: [Finding] = document.all("findings", Finding.init),
            let unknowns: [UnknownGroup] = document.all("unknown", { json, _ in UnknownGroup(json) }),
            let checks: [UnknownCheck] = document.all("unknown_checks", UnknownCheck.init),
            let undecided: [EarlierFinding] = document.all("undecided", { json, _ in EarlierFinding(json) }),
            let disabled: [DisabledRule] = document.all("disabled", { json, _ in DisabledRule(json) })
        else { return nil }
        var counts: [String: VerdictCounts] = [:]
        for (rule, json) in rules {
            guard let read = VerdictCounts(json) else { return nil }
            counts[rule] = read
        }
        self.init(
            tenant: tenant, account: account, partition: partition, collectedAt: moment, regions: regions,
            findings: findings, unknowns: unknowns, unknownChecks: checks, undecided: undecided, disabled: disabled,
            counts: counts, score: Score(passed: Int(passed), total: Int(total)), resourceCount: Int(resources))
    }
}

// Members are asked for in the order in which they are written.

extension Finding {
    fileprivate init?(_ json: TapeValue, _ repeated: inout RepeatedTexts) {
        var members = TapeMembers(json)
        let category = repeated.text("category", of: &members)
        let console = members.string("console")
        guard let controls = repeated.texts("controls", of: &members),
            let evidence = members.value("evidence").flatMap({ Evidence.all($0, &repeated) }),
            let firstSeen = members.value("first_seen").flatMap({ Timestamp(utf8: $0.text) }),
            let id = members.string("id"), let message = members.string("message")
        else { return nil }
        let owner = repeated.text("owner", of: &members)
        guard let references = repeated.texts("references", of: &members),
            let remediation = members.value("remediation").map({ Remediation($0, &repeated) }),
            let resource = members.value("resource").flatMap({ ResourceReference($0, &repeated) }),
            let rule = repeated.text("rule", of: &members),
            let severity = repeated.text("severity", of: &members).flatMap(Severity.init(rawValue:)),
            let title = repeated.text("title", of: &members)
        else { return nil }
        var waiver: AppliedWaiver?
        if let member = members.value("waiver") {
            guard let applied = AppliedWaiver(member) else { return nil }
            waiver = applied
        }
        self.init(
            id: id, rule: rule, title: title, severity: severity, category: category, resource: resource, owner: owner,
            console: console, message: message, evidence: evidence, remediation: remediation, references: references,
            controls: controls, firstSeen: firstSeen, waiver: waiver)
    }
}

extension Finding.Remediation {
    fileprivate init(_ json: TapeValue, _ repeated: inout RepeatedTexts) {
        var members = TapeMembers(json)
        let cli = members.string("cli")
        let terraform = repeated.text("terraform", of: &members)
        self.init(text: members.string("text"), cli: cli, terraform: terraform)
    }
}

extension Evidence {
    fileprivate static func all(_ json: TapeValue, _ repeated: inout RepeatedTexts) -> [Evidence]? {
        guard json.kind == .array else { return nil }
        var all: [Evidence] = []
        var children = json.children
        while let element = children.next() {
            var members = TapeMembers(element)
            guard let id = members.string("id"), let pointer = repeated.text("pointer", of: &members),
                let type = repeated.text("type", of: &members), let value = members.value("value")
            else { return nil }
            all.append(Evidence(type: type, id: id, pointer: pointer, value: value.json))
        }
        return all
    }
}

extension Finding.AppliedWaiver {
    fileprivate init?(_ json: TapeValue) {
        guard let name = json.string("waiver"), let reason = json.string("reason"),
            let approvedBy = json.string("approved_by"), let expires = json.day("expires")
        else { return nil }
        self.init(
            name: name, reason: reason, ticket: json.string("ticket"), approvedBy: approvedBy, expires: expires)
    }
}

extension UnknownCheck {
    fileprivate init?(_ json: TapeValue, _ repeated: inout RepeatedTexts) {
        var members = TapeMembers(json)
        guard let causes = repeated.texts("causes", of: &members) else { return nil }
        let console = members.string("console")
        guard let id = members.string("id") else { return nil }
        let owner = members.string("owner")
        guard let resource = members.value("resource").flatMap({ ResourceReference($0, &repeated) }),
            let rule = repeated.text("rule", of: &members)
        else { return nil }
        self.init(id: id, rule: rule, resource: resource, owner: owner, console: console, causes: causes)
    }
}

extension UnknownGroup {
    fileprivate init?(_ json: TapeValue) {
        guard let cause = json.string("cause"), let kind = json.string("kind").flatMap(UnknownCause.Kind.init),
            let rules = json.member("rules")?.strings, let list = json.member("resources"), list.kind == .array
        else { return nil }
        var resources: [ResourceReference] = []
        list.forEach { element in ResourceReference(element).map { resources.append($0) } }
        guard resources.count == list.count else { return nil }
        self.init(cause: cause, kind: kind, rules: rules, resources: resources)
    }
}

extension DisabledRule {
    fileprivate init?(_ json: TapeValue) {
        guard let rule = json.string("rule"), let reason = json.string("reason"), let expires = json.day("expires"),
            let path = json.string("path")
        else { return nil }
        self.init(rule: rule, reason: reason, expires: expires, path: path)
    }
}

extension VerdictCounts {
    init?(_ json: JSON) {
        guard let pass = json["pass"]?.integer, let fail = json["fail"]?.integer, let waived = json["waived"]?.integer,
            let notApplicable = json["not_applicable"]?.integer, let unknown = json["unknown"]?.integer
        else { return nil }
        self.init()
        self.pass = Int(pass)
        self.fail = Int(fail)
        self.waived = Int(waived)
        self.notApplicable = Int(notApplicable)
        self.unknown = Int(unknown)
    }
}

extension TapeValue {
    /// The start of a day in UTC, as `2027-02-28`.
    fileprivate func day(_ name: StaticString) -> Timestamp? { string(name).flatMap { Timestamp("\($0)T00:00:00Z") } }
}
