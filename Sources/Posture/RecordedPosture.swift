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
    /// Open and waived ones; worst first, then by rule and resource.
    public let findings: [Line]
    /// Where findings stand, by id.
    private let places: [String: Int]
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
        // As a scan writes them they are sorted.
        let isSorted = zip(findings, findings.dropFirst()).allSatisfy { !Self.comesFirst($1, $0) }
        self.findings = isSorted ? findings : findings.sorted(by: Self.comesFirst)
        var places: [String: Int] = [:]
        places.reserveCapacity(findings.count)
        for index in self.findings.indices where places[self.findings[index].id] == nil {
            places[self.findings[index].id] = index
        }
        self.places = places
        self.undecided = undecided
        self.unknown = unknown
        self.rules = rules
    }

    /// The finding with an id.
    public func finding(_ id: String) -> Line? { places[id].map { findings[$0] } }

    public func has(_ id: String) -> Bool { places[id] != nil }

    /// Worst first, then by rule and resource.
    private static func comesFirst(_ left: Line, _ right: Line) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if !left.rule.hasSameBytes(as: right.rule) { return left.rule < right.rule }
        return left.resource < right.resource
    }

    /// Open findings of a severity.
    public func count(_ severity: Severity) -> Int { findings.count { !$0.isWaived && $0.severity == severity } }
}
