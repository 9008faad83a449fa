import Documents
import Rules
import Testing

@testable import Posture

/// The one function that decides, by truth tables.
@Suite struct ExceptionsTests {
    private static let digest = Exception.finding().evidenceDigest

    /// A waiver of the one finding there is: does it waive, and what is said of it?
    @Test(
        arguments: [
            // Time: the day it names is the first on which it no longer holds.
            (Exception.waiver(expires: Exception.days(1)), WaiverLimits(), true, []),
            (Exception.waiver(expires: Exception.days(0)), WaiverLimits(), false, [.expired]),
            (Exception.waiver(expires: Exception.days(-400)), WaiverLimits(), false, [.expired]),
            // The noon of today and 30 days lie between; the midnight after is too far.
            (Exception.waiver(expires: Exception.days(30)), WaiverLimits(maxDays: 30), true, []),
            (Exception.waiver(expires: Exception.days(31)), WaiverLimits(maxDays: 30), false, [.tooLong]),
            (Exception.waiver(expires: Exception.days(365)), WaiverLimits(), true, []),
            (Exception.waiver(expires: Exception.days(366)), WaiverLimits(), false, [.tooLong]),
            // The finding is of severity high.
            (Exception.waiver(), WaiverLimits(maxSeverity: .high), true, []),
            (Exception.waiver(), WaiverLimits(maxSeverity: .medium), false, [.tooSevere]),
            (Exception.waiver(), WaiverLimits(maxSeverity: .info), false, [.tooSevere]),
            // Evidence.
            (Exception.waiver(evidence: digest), WaiverLimits(), true, []),
            (Exception.waiver(evidence: String(digest.reversed())), WaiverLimits(), false, [.evidenceChanged]),
            (
                Exception.waiver(evidence: String(digest.reversed())), WaiverLimits(maxSeverity: .low), false,
                [.tooSevere]
            ),
            // Rules and matches.
            (Exception.waiver(rule: "bucket-encryption"), WaiverLimits(), false, [.unused]),
            (Exception.waiver(rule: "bucket"), WaiverLimits(), false, [.unknownRule]),
            (Exception.waiver(rule: "bucket", expires: Exception.days(-1)), WaiverLimits(), false, [.unknownRule]),
            (Exception.waiver(match: Waiver.Match(id: "alpha")), WaiverLimits(), false, [.unused]),
            (
                Exception.waiver(match: Waiver.Match(id: "alpha"), expires: Exception.days(-1)), WaiverLimits(), false,
                [.expired]
            ),
            (Exception.waiver(match: Waiver.Match(tenant: "prod")), WaiverLimits(), true, []),
            // Tenants.
            (Exception.waiver(tenants: ["prod", "dev"]), WaiverLimits(), true, []),
            (Exception.waiver(tenants: ["dev"]), WaiverLimits(), false, []),
            (Exception.waiver(expires: Exception.days(-1), tenants: ["dev"]), WaiverLimits(), false, []),
        ] as [(Waiver, WaiverLimits, Bool, [OwnRule])])
    func aWaiverHoldsOrIsAFinding(waiver: Waiver, limits: WaiverLimits, waives: Bool, own: [OwnRule]) {
        let decision = Exception.decide([Exception.finding()], Exception.exceptions([waiver], limits: limits))
        #expect(decision.waived.map(\.waiver?.name) == (waives ? ["w"] : []))
        #expect(decision.open.count == (waives ? 0 : 1))
        #expect(decision.own.map(\.rule) == own.map(\.rawValue))
    }

    /// Microseconds before the day on which it no longer holds; at most 30 days may lie between.
    @Test(
        arguments: [
            (-1, false, [.expired]), (0, false, [.expired]), (1, true, []), (30 * 86_400_000_000, true, []),
            (30 * 86_400_000_000 + 1, false, [.tooLong]),
        ] as [(Int64, Bool, [OwnRule])])
    func theBoundsAreExact(before: Int64, waives: Bool, own: [OwnRule]) {
        let decision = Exception.decide(
            [Exception.finding()],
            Exception.exceptions([Exception.waiver()], limits: WaiverLimits(maxDays: 30)),
            at: Timestamp(microseconds: Exception.days(30).microseconds - before))
        #expect(decision.waived.isEmpty != waives)
        #expect(decision.own.map(\.rule) == own.map(\.rawValue))
    }

    @Test(arguments: [(-1, false), (0, false), (1, true)] as [(Int64, Bool)])
    func aDisabledRuleRunsAgainFromItsDayOn(before: Int64, holds: Bool) {
        let rule = DisabledRule(rule: "user-path", reason: "r", expires: Exception.days(1), path: "tenants/a.yaml")
        #expect(rule.holds(at: Timestamp(microseconds: Exception.days(1).microseconds - before)) == holds)
    }

    @Test func whoAcceptedAFailureIsSaid() throws {
        let decision = Exception.decide([Exception.finding()], Exception.exceptions([Exception.waiver()]))
        let finding = try #require(decision.waived.first)
        let waiver = try #require(finding.waiver)
        #expect(finding.id == Exception.finding().id && finding.severity == .high)
        #expect(waiver.reason == "until the migration ends" && waiver.ticket == "SEC-1")
        #expect(waiver.approvedBy == "@alice" && waiver.expires == Exception.days(30))
    }

    @Test func aWaiverNeedNotCoverAllThatItMatches() {
        let findings = [
            Exception.finding("bucket-versioning", "a"), Exception.finding("bucket-versioning", "b", value: .null),
            Exception.finding("bucket-versioning", "c", severity: .critical),
        ]
        let waiver = Exception.waiver(
            match: Waiver.Match(arn: "arn:aws:s3:::*"), evidence: findings[0].evidenceDigest)
        let decision = Exception.decide(
            findings, Exception.exceptions([waiver], limits: WaiverLimits(maxSeverity: .high)))
        #expect(decision.waived.map(\.resource.id) == ["a"])
        #expect(decision.open.map(\.resource.id) == ["b", "c"])
        #expect(decision.own.map(\.rule) == ["parapet-waiver-too-severe", "parapet-waiver-evidence-changed"])
    }

    @Test func ofSeveralTheOneThatEndsLastCounts() {
        let waivers = [
            Exception.waiver("a", expires: Exception.days(10)), Exception.waiver("b", expires: Exception.days(20)),
            Exception.waiver("c", expires: Exception.days(20)), Exception.waiver("d", expires: Exception.days(-1)),
            Exception.waiver("e", expires: Exception.days(900)),
        ]
        for order in [waivers, waivers.reversed()] {
            let decision = Exception.decide([Exception.finding()], Exception.exceptions(order))
            #expect(decision.waived.map(\.waiver?.name) == ["b"])
            #expect(Set(decision.own.map(\.resource.id)) == ["d", "e"])
        }
    }

    @Test(arguments: [(["prod"], .low), (["prod", "dev"], .info)] as [(Set<String>, Severity)])
    func anUnusedWaiverOfSeveralTenantsIsOnlyMentioned(tenants: Set<String>, severity: Severity) {
        let decision = Exception.decide([], Exception.exceptions([Exception.waiver(tenants: tenants)]))
        #expect(decision.own.map(\.severity) == [severity])
    }

    @Test func malformedWaiversAreFindings() {
        let files = [
            MalformedWaiver(path: "waivers/a.yaml", fault: "1:1: x", tenants: ["prod", "dev"]),
            MalformedWaiver(path: "waivers/b.yaml", fault: "1:1: x", tenants: ["dev"]),
        ]
        let own = Exception.decide([], Exception.exceptions(malformed: files)).own
        #expect(own.map(\.rule) == ["parapet-waiver-malformed"])
        #expect(own.map(\.message) == ["the waiver in waivers/a.yaml waives nothing: 1:1: x"])
    }

    @Test(
        arguments: [(1, []), (0, ["parapet-overlay-expired"]), (-1, ["parapet-overlay-expired"])] as [(Int64, [String])]
    )
    func anExpiredOverlayIsAFinding(days: Int64, own: [String]) {
        let rule = DisabledRule(rule: "user-path", reason: "r", expires: Exception.days(days), path: "tenants/a.yaml")
        let decision = Exception.decide([], Exception.exceptions(disabled: [rule]))
        #expect(decision.own.map(\.rule) == own)
        #expect(rule.holds(at: Account.noon) == own.isEmpty)
    }

    @Test func ownFindingsAreTheSameInEveryScan() {
        let before = Exception.decide([], Exception.mixed()).own
        let after = Exception.decide([], Exception.mixed(), at: Timestamp(seconds: Account.noon.seconds + 3_600)).own
        #expect(before.map(\.id) == after.map(\.id) && before.map(\.message) == after.map(\.message))
        #expect(Set(before.map(\.id)).count == before.count && before.count == 10)
        #expect(before.allSatisfy { !$0.evidence.isEmpty && $0.remediation.text != nil && $0.waiver == nil })
    }

    @Test func ownFindingsAreNotWaived() {
        let waiver = Exception.waiver(rule: "parapet-waiver-expired", match: Waiver.Match(id: "old"))
        let old = Exception.waiver("old", expires: Exception.days(-1))
        let decision = Exception.decide([], Exception.exceptions([waiver, old]))
        #expect(Set(decision.own.map(\.rule)) == ["parapet-waiver-expired", "parapet-waiver-unknown-rule"])
        #expect(decision.waived.isEmpty)
    }

    /// Made of canonical JSON on one line, so that anybody can recompute it.
    @Test func theDigestIsStable() {
        #expect(
            JSON.array(Exception.finding().evidence.map(\.json)).text()
                == #"[{"id":"beta","pointer":"/Versioning/Status","type":"AWS::S3::Bucket","value":"Suspended"}]"#)
        #expect(
            Exception.finding().evidenceDigest == "9e41dd252df3d4accedc4453be6b9ab6a4d5dd118b8c9eae13f4c5064a1e03ed")
    }
}
