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
            remediation: finding.remediation, references: finding.references,
            controls: finding.controls, firstSeen: finding.firstSeen, waiver: finding.waiver)
    }

    init(_ check: UnknownCheck, of rule: JudgedRule) {
        self.init(
            id: check.id, rule: rule.id, title: rule.title, severity: rule.severity, category: rule.category,
            resource: check.resource, owner: check.owner, console: check.console,
            message: "could not be judged: \(check.causes.joined(separator: "; "))",
            status: .unknown, references: rule.references, controls: rule.controls, causes: check.causes)
    }

    /// Nil where it is unknown.
    var evidenceDigest: String? { status == .unknown ? nil : evidence.digest }

    /// `waived by legacy-sftp (approved by @alice) until 2027-02-28: reason, SEC-1412`; nil where it is not waived.
    package var waivedBy: String? {
        waiver.map { waiver in
            "waived by \(waiver.name) (approved by \(waiver.approvedBy)) until \(waiver.expires.date): "
                + [waiver.reason, waiver.ticket].compactMap { $0 }.joined(separator: ", ")
        }
    }

    /// The ARN, or where there is none what else names the resource.
    func name(account: String) -> String {
        resource.arn.isEmpty ? "\(account)/\(resource.region)/\(resource.type)/\(resource.id)" : resource.arn
    }
}

extension Posture {
    /// Open, waived and unknown ones; worst first, then by rule and resource.
    package var entries: ReportEntries { ReportEntries(self) }

    /// Open and waived ones; worst first, then by rule and resource.
    var failures: [Finding] { waived.isEmpty ? findings : (findings + waived).sorted(by: Posture.comesFirst) }
}

/// The entries of a posture, made one by one as they are asked for.
package struct ReportEntries: RandomAccessCollection, Sendable {
    private let failures: [Finding]
    private let checks: [(check: UnknownCheck, rule: JudgedRule)]
    /// Which of both stand where: failures by their number, and checks by theirs behind the last failure; nil where there
    /// are failures alone.
    private let order: [Int]?

    fileprivate init(_ posture: Posture) {
        let rules = Dictionary(posture.rules.map { ($0.id, $0) }) { first, _ in first }
        failures = posture.failures
        checks = posture.unknownChecks.compactMap { check in rules[check.rule].map { (check, $0) } }
        guard !checks.isEmpty else {
            order = nil
            return
        }
        let unknown = checks.indices.sorted { [checks] left, right in
            Self.comesFirst(Self.key(checks[left]), Self.key(checks[right]))
        }
        // Failures are in order.
        var order: [Int] = []
        order.reserveCapacity(failures.count + checks.count)
        var next = 0
        for number in unknown {
            let key = Self.key(checks[number])
            while next < failures.count, !Self.comesFirst(key, Self.key(failures[next])) {
                order.append(next)
                next += 1
            }
            order.append(failures.count + number)
        }
        order += next..<failures.count
        self.order = order
    }

    private typealias Key = (severity: Severity, rule: String, resource: ResourceReference)

    private static func key(_ failure: Finding) -> Key { (failure.severity, failure.rule, failure.resource) }

    private static func key(_ unknown: (check: UnknownCheck, rule: JudgedRule)) -> Key {
        (unknown.rule.severity, unknown.rule.id, unknown.check.resource)
    }

    /// Worst first, then by rule and resource.
    private static func comesFirst(_ left: Key, _ right: Key) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        return (left.rule, left.resource) < (right.rule, right.resource)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { failures.count + checks.count }

    /// What most questions are about, without making the entry.
    func key(_ position: Int) -> (status: ReportEntry.Status, severity: Severity, rule: String) {
        let number = order?[position] ?? position
        guard number >= failures.count else {
            let failure = failures[number]
            return (failure.waiver == nil ? .open : .waived, failure.severity, failure.rule)
        }
        let rule = checks[number - failures.count].rule
        return (.unknown, rule.severity, rule.id)
    }

    /// The entry's id and resource, without making the entry.
    func name(_ position: Int) -> (id: String, resource: ResourceReference) {
        let number = order?[position] ?? position
        guard number >= failures.count else { return (failures[number].id, failures[number].resource) }
        let check = checks[number - failures.count].check
        return (check.id, check.resource)
    }

    package subscript(position: Int) -> ReportEntry {
        let number = order?[position] ?? position
        guard number >= failures.count else { return ReportEntry(failures[number]) }
        let unknown = checks[number - failures.count]
        return ReportEntry(unknown.check, of: unknown.rule)
    }
}
