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

    /// All that a `findings.json` holds; nil where the text is none.
    public static func all(_ bytes: [UInt8]) -> [RecordedFinding]? {
        guard let document = try? JSON.parse(bytes), let tenant = document["tenant"]?.string,
            let findings = document["findings"]?.array
        else { return nil }
        return findings.compactMap { RecordedFinding($0, tenant: tenant) }
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
