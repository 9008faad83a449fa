internal import Documents

/// What a recorded `findings.json` says of one finding, for people who are about to fix it.
public struct RecordedFinding: Sendable {
    public var id: String
    public var tenant: String
    public var rule: String
    public var resource: String
    public var message: String
    public var remediation: [Remediation: String]

    /// The ways in which a remediation is written.
    public enum Remediation: String, Sendable, CaseIterable {
        case text, cli, terraform
    }

    /// What a `findings.json` has under the beginning of an id.
    public struct Matches: Sendable {
        public var findings: [RecordedFinding] = []
        /// What could not be judged, and so has nothing to be fixed: `iam-user-mfa could not be judged: AccessDenied`.
        public var unknown: [String] = []

        public init() {}
    }

    /// Nil where the text is no `findings.json`.
    public static func matches(_ bytes: [UInt8], beginning prefix: String) -> Matches? {
        JSON.read(bytes) { root in
            guard let tenant = root.string("tenant"), let findings = root.member("findings"), findings.kind == .array
            else { return nil }
            var matches = Matches()
            findings.forEach { finding in
                guard finding.string("id")?.hasPrefix(prefix) == true else { return }
                if let finding = RecordedFinding(finding.json, tenant: tenant) { matches.findings.append(finding) }
            }
            root.member("unknown_checks")?.forEach { check in
                guard check.string("id")?.hasPrefix(prefix) == true, let rule = check.string("rule") else { return }
                let causes = check.member("causes")?.strings ?? []
                matches.unknown.append("\(rule) could not be judged: \(causes.joined(separator: "; "))")
            }
            return matches
        }
    }

    private init?(_ finding: JSON, tenant: String) {
        guard let id = finding["id"]?.string, let rule = finding["rule"]?.string else { return nil }
        self.id = id
        self.tenant = tenant
        self.rule = rule
        let arn = finding["resource"]?["arn"]?.string ?? ""
        resource = arn.isEmpty ? finding["resource"]?["id"]?.string ?? "" : arn
        message = finding["message"]?.string ?? ""
        remediation = [:]
        for way in Remediation.allCases { remediation[way] = finding["remediation"]?[way.rawValue]?.string }
    }

    /// A way to fix it. Commands and Terraform were quoted when they were made; whatever holds control characters now was
    /// not made by Parapet, and is not offered to be run.
    public func fix(_ way: Remediation) -> String? {
        guard let text = remediation[way], !text.isEmpty else { return nil }
        return way == .text || text.inertLines.hasSameBytes(as: text) ? text.inertLines : nil
    }
}
