import Documents
import Posture
import Rules
import TestSupport
import Testing

@testable import Review

/// Something of every kind, as text and as JSON.
@Suite struct ReviewReportTests {
    private static func finding(_ severity: Severity, _ id: String, waiver: String? = nil, values: Int = 1) -> Finding {
        ReviewVerdictTests.finding(severity, id, waiver: waiver, values: values)
    }

    private static let review: Review = {
        var change = TenantChange(
            collectedAt: Stage.noon, snapshot: String(repeating: "5", count: 40), isStale: true, scoreBefore: 83,
            scoreAfter: 79)
        change.opened = [finding(.critical, "alpha"), finding(.low, "be\u{1B}[31mta")]
        change.lapsed = [finding(.high, "gamma")]
        change.changed = [
            .init(before: finding(.low, "delta"), after: finding(.high, "delta")),
            .init(before: finding(.low, "eps", values: 2), after: finding(.low, "eps")),
        ]
        change.unknown = [
            UnknownCheck(
                id: String(repeating: "0", count: 32), rule: "versions",
                resource: ResourceReference(type: "AWS::S3::Bucket", id: "zeta", arn: "", region: "eu-west-1"),
                causes: ["AccessDenied at /Versioning"])
        ]
        change.withdrawn = [finding(.medium, "eta")]
        change.waived = [finding(.high, "theta", waiver: "old")]
        change.resolved = [finding(.info, "iota")]
        (change.unknownBefore, change.unknownAfter, change.openAfter) = (1, 2, [.critical: 1, .low: 2])
        change.frameworks = [
            .init(
                id: "acme", title: "Acme baseline", percentageBefore: 40, percentageAfter: nil,
                controls: [
                    .init(id: "A-1", title: "Versions", before: .passed, after: .failed),
                    .init(id: "A-2", title: "Visitors", before: nil, after: .notCovered),
                ])
        ]
        let waiver = Waiver(
            name: "old", rule: "versions", match: Waiver.Match(tags: ["team": "blue"]), reason: "Goes away",
            ticket: "SEC-1", approvedBy: "@alice", expires: Timestamp(seconds: 1_800_000_000), path: "waivers/old.yaml",
            tenants: ["prod"])
        return Review(
            base: String(repeating: "b", count: 40), head: String(repeating: "a", count: 40),
            diagnostics: [Diagnostic(code: "c", severity: .warning, message: "m", path: "p")],
            gateChanges: [.init(key: "gate.fail_on", base: nil, head: "ne\u{1B}ver")],
            waivers: [
                ReviewedWaiver(waiver: waiver, isNew: true, standing: .approved),
                ReviewedWaiver(waiver: waiver, isNew: false, standing: .waiting("nobody could be asked: no token")),
            ],
            tests: .init(
                passed: 2, failures: [.init(rule: "r", path: "policies/r.yaml", line: 7, fault: "expected pass")]),
            tenants: [
                TenantReview(name: "gone", state: .removed), TenantReview(name: "new", state: .neverScanned),
                TenantReview(name: "prod", state: .compared(change)),
                TenantReview(
                    name: "same",
                    state: .compared(
                        TenantChange(
                            collectedAt: Stage.noon, snapshot: String(repeating: "6", count: 40), scoreBefore: 9,
                            scoreAfter: 9))),
                TenantReview(name: "worn", state: .unreadable("a file is missing")),
            ])
    }()

    private static let verdict = ReviewVerdict(.incomplete, reasons: ["worn cannot be read: a file is missing"])

    @Test func text() throws {
        try Golden.expect(ReviewText(Self.review, Self.verdict, .plain).text + "\n", equals: "review.txt")
        #expect(ReviewText(Self.review, Self.verdict, .ansi).text.contains("\u{1B}[1;31m+\u{1B}[0m critical"))
    }

    @Test func json() throws {
        try Golden.expect(ReviewJSON.render(Self.review, Self.verdict).text(.indented), equals: "review.json")
    }

    @Test func manyFindingsAreCut() {
        var review = Self.review
        var change = TenantChange(collectedAt: Stage.noon, snapshot: "5", scoreBefore: 1, scoreAfter: 1)
        change.opened = (0..<60).map { Self.finding(.low, "b\($0)") }
        review.tenants = [TenantReview(name: "prod", state: .compared(change))]
        let text = ReviewText(review, Self.verdict, .plain).text
        #expect(text.contains("b49 (") && !text.contains("b50 ("))
        #expect(text.contains("... and 10 more like these: --format json shows all"))
    }
}
