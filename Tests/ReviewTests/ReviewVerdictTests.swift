import Documents
import Posture
import Rules
import Testing
import Workspace

@testable import Review

/// What a review comes to.
@Suite struct ReviewVerdictTests {
    static func finding(_ severity: Severity, _ id: String, waiver: String? = nil, values: Int = 1) -> Finding {
        Finding(
            id: id, rule: "versions", title: "Versions", severity: severity,
            resource: ResourceReference(type: "AWS::S3::Bucket", id: id, arn: "", region: "eu-west-1"),
            message: "\(id) is wrong",
            evidence: (0..<values).map {
                Evidence(type: "AWS::S3::Bucket", id: id, pointer: "/Versioning/\($0)", value: "Suspended")
            }, remediation: Finding.Remediation(), references: [], controls: [], firstSeen: Stage.noon,
            waiver: waiver.map {
                Finding.AppliedWaiver(name: $0, reason: "x", approvedBy: "@alice", expires: Stage.noon)
            })
    }

    private static func change(_ edit: (inout TenantChange) -> Void) -> Review {
        var change = TenantChange(
            collectedAt: Stage.noon, snapshot: String(repeating: "5", count: 40), scoreBefore: 50, scoreAfter: 50)
        edit(&change)
        return Review(base: "b", head: "a", tenants: [TenantReview(name: "prod", state: .compared(change))])
    }

    private static func gate(
        _ threshold: Severity? = .high, newOnly: Bool = true, unknown: Int64 = 0, known: Set<String> = []
    ) -> ReviewGate {
        var gate = Settings.Gate()
        (gate.failOn, gate.newOnly, gate.maxUnknown) = (threshold, newOnly, unknown)
        return ReviewGate(gate, known: ["prod": known])
    }

    private static let unknown = UnknownCheck(
        id: "u", rule: "versions", resource: ResourceReference(type: "T", id: "u", arn: "", region: "r"),
        causes: ["AccessDenied"])

    private static let cases: [(String, Review, ReviewGate, ReviewVerdict)] = [
        ("nothing", change { _ in }, gate(), ReviewVerdict(.passed)),
        ("resolved", change { $0.resolved = [finding(.critical, "a")] }, gate(), ReviewVerdict(.passed)),
        ("withdrawn", change { $0.withdrawn = [finding(.critical, "a")] }, gate(), ReviewVerdict(.passed)),
        ("below", change { $0.opened = [finding(.medium, "a")] }, gate(), ReviewVerdict(.passed)),
        ("never", change { $0.opened = [finding(.critical, "a")] }, gate(nil), ReviewVerdict(.passed)),
        (
            "opened", change { $0.opened = [finding(.high, "a"), finding(.low, "b")] }, gate(),
            ReviewVerdict(.findings, reasons: ["prod: 1 finding at or above high: 1 opened"])
        ),
        (
            "several",
            change {
                $0.opened = [finding(.critical, "a")]
                $0.lapsed = [finding(.high, "b")]
                $0.changed = [.init(before: finding(.low, "c"), after: finding(.high, "c"))]
            }, gate(),
            ReviewVerdict(
                .findings,
                reasons: ["prod: 3 findings at or above high: 1 opened, 1 no longer waived, 1 grown worse"])
        ),
        (
            "worse evidence",
            change { $0.changed = [.init(before: finding(.high, "c"), after: finding(.high, "c", values: 2))] }, gate(),
            ReviewVerdict(.findings, reasons: ["prod: 1 finding at or above high: 1 grown worse"])
        ),
        (
            "better evidence",
            change { $0.changed = [.init(before: finding(.high, "c", values: 2), after: finding(.high, "c"))] }, gate(),
            ReviewVerdict(.passed)
        ),
        (
            "worse and waived",
            change {
                $0.changed = [
                    .init(before: finding(.low, "c", waiver: "w"), after: finding(.high, "c", waiver: "w"))
                ]
            }, gate(), ReviewVerdict(.passed)
        ),
        (
            "lapsed once",
            change {
                $0.lapsed = [finding(.high, "c")]
                $0.changed = [.init(before: finding(.low, "c", waiver: "w"), after: finding(.high, "c"))]
            }, gate(), ReviewVerdict(.findings, reasons: ["prod: 1 finding at or above high: 1 no longer waived"])
        ),
        ("known", change { $0.opened = [finding(.high, "a")] }, gate(known: ["a"]), ReviewVerdict(.passed)),
        ("open anyway", change { $0.openAfter = [.high: 2, .low: 4] }, gate(), ReviewVerdict(.passed)),
        (
            "all", change { $0.openAfter = [.critical: 1, .high: 2, .low: 4] }, gate(newOnly: false),
            ReviewVerdict(.findings, reasons: ["prod: 3 findings at or above high"])
        ),
        (
            "unknown", change { $0.unknown = [unknown] }, gate(),
            ReviewVerdict(.incomplete, reasons: ["prod: 1 more verdicts are unknown, 0 allowed"])
        ),
        ("unknown allowed", change { $0.unknown = [unknown] }, gate(unknown: 1), ReviewVerdict(.passed)),
        ("unknown anyway", change { $0.unknownAfter = 3 }, gate(), ReviewVerdict(.passed)),
        (
            "all unknown", change { $0.unknownAfter = 3 }, gate(newOnly: false, unknown: 2),
            ReviewVerdict(.incomplete, reasons: ["prod: 3 verdicts are unknown, 2 allowed"])
        ),
        (
            "stale and opened",
            change {
                $0.isStale = true
                $0.opened = [finding(.high, "a")]
            }, gate(),
            ReviewVerdict(
                .incomplete,
                reasons: [
                    "prod: the snapshot of \(Stage.noon) is older than `gate.max_snapshot_age`",
                    "prod: 1 finding at or above high: 1 opened",
                ])
        ),
        (
            "unreadable",
            Review(base: "b", head: "a", tenants: [TenantReview(name: "prod", state: .unreadable("gone"))]), gate(),
            ReviewVerdict(.incomplete, reasons: ["prod cannot be read: gone"])
        ),
        (
            "never scanned",
            Review(
                base: "b", head: "a",
                tenants: [
                    TenantReview(name: "prod", state: .neverScanned), TenantReview(name: "test", state: .removed),
                ]), gate(), ReviewVerdict(.passed)
        ),
        (
            "tests",
            Review(
                base: "b", head: "a",
                tests: Review.TestSummary(passed: 1, failures: [.init(rule: "r", path: "p", line: 1, fault: "f")])),
            gate(nil), ReviewVerdict(.findings, reasons: ["1 test of rules failed"])
        ),
        (
            "errors",
            Review(
                base: "b", head: "a", diagnostics: [Diagnostic(code: "c", message: "m", path: "p")],
                tests: Review.TestSummary(passed: 0, failures: [.init(rule: "r", path: "p", line: 1, fault: "f")]),
                tenants: [TenantReview(name: "prod", state: .unreadable("gone"))]), gate(),
            ReviewVerdict(
                .configuration,
                reasons: [
                    "1 error in the configuration of the head", "prod cannot be read: gone", "1 test of rules failed",
                ])
        ),
    ]

    @Test(arguments: cases.map(\.0)) func worstFirst(name: String) throws {
        let (_, review, gate, expected) = try #require(Self.cases.first { $0.0 == name })
        #expect(ReviewVerdict(review, by: gate) == expected)
    }
}
