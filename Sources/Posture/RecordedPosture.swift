public import Documents
public import Rules

/// What one commit on the results branch says of a tenant, as far as comparisons and histories need it.
public struct RecordedPosture: Sendable {
    public var tenant: String
    /// When the scan began.
    public var moment: Timestamp
    /// The commit, for people to look it up.
    public var commit: String
    public var score: Int
    /// Open and waived ones by id.
    public var findings: [String: Line]
    /// Earlier findings that could not be judged this time, by id: neither open nor resolved.
    public var undecided: Set<String>
    /// Verdicts that are unknown.
    public var unknown: Int
    /// The rules that ran.
    public var rules: Set<String>

    /// One finding.
    public struct Line: Sendable {
        public var id: String
        public var rule: String
        public var title: String
        public var severity: Severity
        public var resource: ResourceReference
        public var message: String
        public var isWaived: Bool
        public var firstSeen: Timestamp
        public var evidenceDigest: String
        /// How many values are wrong.
        public var evidenceCount: Int

        public init(
            id: String, rule: String, title: String, severity: Severity, resource: ResourceReference, message: String,
            isWaived: Bool, firstSeen: Timestamp, evidenceDigest: String, evidenceCount: Int
        ) {
            self.id = id
            self.rule = rule
            self.title = title
            self.severity = severity
            self.resource = resource
            self.message = message
            self.isWaived = isWaived
            self.firstSeen = firstSeen
            self.evidenceDigest = evidenceDigest
            self.evidenceCount = evidenceCount
        }
    }

    public init(
        tenant: String, moment: Timestamp, commit: String, score: Int, findings: [Line], undecided: Set<String>,
        unknown: Int, rules: Set<String>
    ) {
        self.tenant = tenant
        self.moment = moment
        self.commit = commit
        self.score = score
        self.findings = Dictionary(findings.map { ($0.id, $0) }) { first, _ in first }
        self.undecided = undecided
        self.unknown = unknown
        self.rules = rules
    }

    public var open: [Line] { findings.values.filter { !$0.isWaived } }

    /// Open findings of a severity.
    public func count(_ severity: Severity) -> Int { findings.values.count { !$0.isWaived && $0.severity == severity } }
}
