public import Documents
public import Rules

extension Posture {
    /// What a scan recorded of a posture, beside the policy by which it judged.
    public struct Record: Sendable {
        public var tenant: String
        public var account: String
        public var partition: String
        public var collectedAt: Timestamp
        public var regions: [String]
        /// Open and waived ones; worst first, then by rule and resource.
        public var findings: [Finding]
        public var unknowns: [UnknownGroup]
        public var unknownChecks: [UnknownCheck]
        public var undecided: [EarlierFinding]
        public var disabled: [DisabledRule]
        public var counts: [String: VerdictCounts]
        public var score: Score
        public var resourceCount: Int

        public init(
            tenant: String, account: String, partition: String, collectedAt: Timestamp, regions: [String],
            findings: [Finding], unknowns: [UnknownGroup], unknownChecks: [UnknownCheck],
            undecided: [EarlierFinding], disabled: [DisabledRule], counts: [String: VerdictCounts], score: Score,
            resourceCount: Int
        ) {
            self.tenant = tenant
            self.account = account
            self.partition = partition
            self.collectedAt = collectedAt
            self.regions = regions
            self.findings = findings
            self.unknowns = unknowns
            self.unknownChecks = unknownChecks
            self.undecided = undecided
            self.disabled = disabled
            self.counts = counts
            self.score = score
            self.resourceCount = resourceCount
        }
    }

    /// The posture of which a record was made: nothing is judged again. Tags of resources are not recorded.
    ///
    /// - Parameters:
    ///   - rules: those that ran, with the tenant's severities.
    ///   - frameworks: the tenant's.
    public init(_ record: Record, rules: [Rule], frameworks: [Framework]) {
        let controls = Self.controlsByRule(frameworks)
        let disabled = Set(record.disabled.map(\.rule))
        let waived = record.findings.filter { $0.waiver != nil }
        self.init(
            tenant: record.tenant, account: record.account, partition: record.partition,
            collectedAt: record.collectedAt, regions: record.regions,
            findings: waived.isEmpty ? record.findings : record.findings.filter { $0.waiver == nil }, waived: waived,
            disabled: record.disabled, unknowns: record.unknowns, unknownChecks: record.unknownChecks,
            undecided: record.undecided,
            rules: rules.sorted { $0.id < $1.id }.map { JudgedRule($0, controls: controls[$0.id] ?? []) },
            counts: record.counts,
            severities: Dictionary(rules.map { ($0.id, $0.severity) }) { first, _ in first }, score: record.score,
            compliance: frameworks.map { Compliance($0, counts: record.counts, disabled: disabled) },
            resourceCount: record.resourceCount)
    }
}
