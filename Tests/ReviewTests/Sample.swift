import Documents
import Posture
import Review
import Rules

/// Reviews made up by hand.
enum Sample {
    static let base = String(repeating: "b", count: 40)
    static let head = String(repeating: "a", count: 40)
    static let snapshot = String(repeating: "5", count: 40)
    static let collected = Timestamp(seconds: 1_795_000_000)
    /// A day and six hours later.
    static let now = Timestamp(seconds: 1_795_000_000 + 30 * 3_600)
    static let links = ReviewLinks(
        server: "https://github.com", repository: "acme/posture", job: "https://github.com/acme/posture/actions/runs/5")

    static func finding(
        _ rule: String, _ severity: Severity, _ id: String, message: String? = nil, owner: String? = nil,
        waiver: Finding.AppliedWaiver? = nil, value: JSON = "Suspended"
    ) -> Finding {
        let resource = ResourceReference(
            type: "AWS::S3::Bucket", id: id, arn: "arn:aws:s3:::\(id)", region: "eu-west-1")
        return Finding(
            id: Finding.id(tenant: "prod", rule: rule, uid: id), rule: rule, title: "Title of \(rule)",
            severity: severity, resource: resource, owner: owner,
            console: "https://eu-west-1.console.aws.amazon.com/s3/buckets/\(id.percentEncoded)",
            message: message ?? "bucket \(id) keeps no versions",
            evidence: [
                Evidence(type: "AWS::S3::Bucket", id: id, pointer: "/Versioning/Status", value: value),
                Evidence(type: "AWS::S3::Bucket", id: id, pointer: "/Name", value: .string(id)),
            ],
            remediation: Finding.Remediation(
                text: "Switch versions on for \(id).", cli: "aws s3api put-bucket-versioning --bucket \(id)"),
            references: [], controls: ["soc2-tsc/CC6.1"], firstSeen: collected, waiver: waiver)
    }

    static func waiver(_ name: String, rule: String = "bucket-versioning") -> Waiver {
        Waiver(
            name: name, rule: rule, match: Waiver.Match(tenant: "prod", id: "old-logs"), reason: "kept elsewhere",
            ticket: "SEC-7", approvedBy: "@alice", expires: Timestamp(seconds: 1_800_000_000),
            path: "waivers/\(name).yaml", tenants: ["prod"])
    }

    static let applied = Finding.AppliedWaiver(
        name: "old-logs", reason: "kept elsewhere", approvedBy: "@alice", expires: Timestamp(seconds: 1_800_000_000))

    static func change(isStale: Bool = false) -> TenantChange {
        let check = UnknownCheck(
            id: "u", rule: "bucket-public",
            resource: ResourceReference(type: "AWS::S3::Bucket", id: "gamma", arn: "", region: "us-east-1"),
            causes: ["s3:GetBucketPolicyStatus: AccessDenied"])
        return TenantChange(
            collectedAt: collected, snapshot: snapshot, isStale: isStale, scoreBefore: 83, scoreAfter: 79,
            opened: [
                finding("bucket-versioning", .critical, "alpha", owner: "team-a"),
                finding("bucket-versioning", .critical, "beta"), finding("bucket-encryption", .low, "beta"),
            ], resolved: [finding("bucket-logging", .medium, "delta")],
            withdrawn: [finding("bucket-old", .low, "eta")],
            waived: [finding("bucket-versioning", .critical, "old-logs", waiver: applied)],
            lapsed: [finding("bucket-public", .high, "zeta")],
            changed: [
                TenantChange.Change(
                    before: finding("bucket-tls", .medium, "theta"), after: finding("bucket-tls", .high, "theta")),
                TenantChange.Change(
                    before: finding("bucket-acl", .low, "iota", value: 1),
                    after: finding("bucket-acl", .low, "iota", value: nil)),
            ], unknown: [check], unknownBefore: 1, unknownAfter: 2, openAfter: [.critical: 4, .high: 1, .low: 9],
            frameworks: [
                TenantChange.FrameworkChange(
                    id: "soc2-tsc", title: "SOC 2", percentageBefore: 80, percentageAfter: 71,
                    controls: [
                        .init(id: "CC6.1", title: "Logical access", before: .passed, after: .failed),
                        .init(id: "CC6.9", title: "New", before: nil, after: .notCovered),
                    ])
            ])
    }

    static func review() -> Review {
        var review = Review(
            base: base, head: head,
            diagnostics: [
                Diagnostic(
                    code: "rule/style", severity: .warning, message: "`Title` ends with a full stop",
                    path: "rules/a b.yaml", span: Span(line: 2, column: 8), help: "remove it")
            ], gateChanges: [Review.GateChange(key: "gate.fail_on", base: "high", head: "never")],
            waivers: [
                ReviewedWaiver(waiver: waiver("old-logs"), isNew: true, standing: .approved),
                ReviewedWaiver(
                    waiver: waiver("later", rule: "bucket-tls"), isNew: false,
                    standing: .waiting("`@alice` has not approved the head commit")),
            ],
            tests: Review.TestSummary(
                passed: 3,
                failures: [
                    .init(
                        rule: "bucket-versioning", path: "rules/versioning.yaml", line: 14,
                        fault: "expected fail, got pass")
                ]),
            tenants: [
                TenantReview(name: "calm", state: .compared(calm)), TenantReview(name: "gone", state: .removed),
                TenantReview(name: "prod", state: .compared(change())),
                TenantReview(name: "strange", state: .unreadable("`prod/summary.json` is no JSON")),
                TenantReview(name: "young", state: .neverScanned),
            ])
        review.places.rules = ["bucket-versioning": .init(path: "rules/versioning.yaml", line: 1)]
        review.places.tenants = ["prod": .init(path: "tenants/prod.yaml", line: 1)]
        return review
    }

    static let calm = TenantChange(
        collectedAt: now, snapshot: snapshot, scoreBefore: 100, scoreAfter: 100, openAfter: [:])

    static let failing = ReviewVerdict(
        .findings,
        reasons: ["2 critical and 2 high findings in `prod` get worse, and the gate is `high`", "1 test failed"])
}
