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
    /// The resource's, for waivers; empty where they could not be read.
    public var tags: [String: String]
    /// Who is responsible for the resource, by its tags: see `OwnerTags`.
    public var owner: String?
    /// A link to AWS's console; nil where none is known.
    public var console: String?
    public var message: String
    public var evidence: [Evidence]
    public var remediation: Remediation
    public var references: [String]
    /// The controls that it fails: `soc2-tsc/CC6.1`.
    public var controls: [String]
    public var firstSeen: Timestamp
    /// The waiver by which it is waived; nil: it is open.
    public var waiver: AppliedWaiver?

    public struct Remediation: Sendable {
        public var text: String?
        public var cli: String?
        public var terraform: String?

        public init(text: String? = nil, cli: String? = nil, terraform: String? = nil) {
            self.text = text
            self.cli = cli
            self.terraform = terraform
        }
    }

    public init(
        id: String, rule: String, title: String, severity: Severity, category: String? = nil,
        resource: ResourceReference, tags: [String: String] = [:], owner: String? = nil, console: String? = nil,
        message: String, evidence: [Evidence], remediation: Remediation, references: [String], controls: [String],
        firstSeen: Timestamp, waiver: AppliedWaiver? = nil
    ) {
        self.id = id
        self.rule = rule
        self.title = title
        self.severity = severity
        self.category = category
        self.resource = resource
        self.tags = tags
        self.owner = owner
        self.console = console
        self.message = message
        self.evidence = evidence
        self.remediation = remediation
        self.references = references
        self.controls = controls
        self.firstSeen = firstSeen
        self.waiver = waiver
    }

    /// Who accepted the failure, why, and how long.
    public struct AppliedWaiver: Sendable {
        public var name: String
        public var reason: String
        public var ticket: String?
        public var approvedBy: String
        public var expires: Timestamp

        public init(
            name: String, reason: String, ticket: String? = nil, approvedBy: String, expires: Timestamp
        ) {
            self.name = name
            self.reason = reason
            self.ticket = ticket
            self.approvedBy = approvedBy
            self.expires = expires
        }
    }
}

extension Finding {
    func waived(by waiver: Waiver) -> Finding {
        var finding = self
        finding.waiver = AppliedWaiver(
            name: waiver.name, reason: waiver.reason, ticket: waiver.ticket, approvedBy: waiver.approvedBy,
            expires: waiver.expires)
        return finding
    }
}

extension Finding {
    /// The stable id of what a rule says of a resource of a tenant.
    public static func id(tenant: String, rule: String, uid: String) -> String {
        String(SHA256.hexDigest(Array("\(tenant)\u{0}\(rule)\u{0}\(uid)".utf8)).prefix(32))
    }
}
