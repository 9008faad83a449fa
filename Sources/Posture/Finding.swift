public import Documents
public import Rules

/// A failure of a rule, as people and machines act on it.
public struct Finding: Sendable {
    /// 32 hexadecimal digits, the same in every scan: made of tenant, rule and resource.
    public var id: String
    public var rule: String
    public var title: String
    public var severity: Severity
    public var category: String?
    public var resource: ResourceReference
    public var message: String
    public var evidence: [Evidence]
    public var remediation: Remediation
    public var references: [String]
    /// The controls that it fails: `soc2-tsc/CC6.1`.
    public var controls: [String]
    public var firstSeen: Timestamp

    public struct Remediation: Sendable {
        public var text: String?
        public var cli: String?
        public var terraform: String?
    }
}

extension Finding {
    /// The stable id of what a rule says of a resource of a tenant.
    public static func id(tenant: String, rule: String, uid: String) -> String {
        String(SHA256.hexDigest(Array("\(tenant)\u{0}\(rule)\u{0}\(uid)".utf8)).prefix(32))
    }
}
