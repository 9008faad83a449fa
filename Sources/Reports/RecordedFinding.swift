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

    /// Those of a `findings.json` whose ids begin so; nil where the text is none.
    public static func all(_ bytes: [UInt8], beginning prefix: String) -> [RecordedFinding]? {
        JSON.read(bytes) { root in
            guard let tenant = root.string("tenant"), let findings = root.member("findings"), findings.kind == .array
            else { return nil }
            var found: [RecordedFinding] = []
            findings.forEach { finding in
                guard finding.string("id")?.hasPrefix(prefix) == true else { return }
                if let finding = RecordedFinding(finding.json, tenant: tenant) { found.append(finding) }
            }
            return found
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
