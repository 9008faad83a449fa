import Documents
import Resources
import Rules
import Testing

@testable import Posture
@testable import Reports

/// What waivers do to a posture as a whole.
@Suite struct WaivedPostureTests {
    private static func everything() -> Exceptions {
        Exception.exceptions(
            Exception.rules.sorted().map {
                Exception.waiver("all-\($0)", rule: $0, match: Waiver.Match(tenant: "prod"))
            })
    }

    @Test func waivedFailuresAreApart() throws {
        let plain = try Account.judge(Account.mixed())
        let (posture, verdicts) = try Account.judge(Account.mixed(), exceptions: Exception.mixed())
        #expect(posture.waived.map(\.resource.id) == ["beta", "bob"])
        #expect(posture.findings.filter { $0.category != "configuration" }.map(\.resource.id) == ["delta"])
        #expect(VerdictsNDJSON.render(verdicts) == VerdictsNDJSON.render(plain.verdicts))
        #expect(posture.counts["bucket-versioning"]?.fail == 1 && posture.counts["bucket-versioning"]?.waived == 1)
        #expect(posture.counts["user-path"]?.fail == 0 && posture.counts["user-path"]?.waived == 1)
        #expect(posture.count(.critical) == 1)
        #expect(posture.disabled.map(\.rule) == ["not-run"])
    }

    @Test func nothingUnknownIsWaived() throws {
        let plain = try Account.judge(Account.mixed()).posture
        let posture = try Account.judge(Account.mixed(), exceptions: Self.everything()).posture
        #expect(plain.unknownCount > 0 && posture.unknownCount == plain.unknownCount)
        #expect(posture.unknowns.map(\.cause) == plain.unknowns.map(\.cause))
        #expect(posture.waived.count == plain.findings.count)
        let compliance = try #require(posture.compliance.first)
        #expect(compliance.controls.map(\.status) == [.unknown, .unknown, .unknown, .notCovered, .notCovered])
    }

    @Test func aWaivedFailureIsNeitherPassedNorFailed() throws {
        let snapshot = Account.snapshot([
            Account.bucket("alpha"), Account.bucket("beta", versioning: "Suspended"), Account.user("bob"),
            Account.user("ann", path: "/people/"),
        ])
        let plain = try Account.judge(snapshot).posture
        let posture = try Account.judge(snapshot, exceptions: Self.everything()).posture
        #expect(posture.score.passed == plain.score.passed)
        #expect(posture.score.total == plain.score.total - Score.weight(of: .critical) - Score.weight(of: .medium))
        #expect(posture.score.value == 100 && plain.score.value < 100)
        #expect(
            posture.findings.map(\.rule) == ["parapet-waiver-unused"], "the rule on encryption has no failure to waive")
        let compliance = try #require(posture.compliance.first)
        #expect(
            compliance.controls.map(\.status) == [.waived, .unknown, .waived, .notCovered, .notCovered],
            "a rule of the second does not run")
        #expect(compliance.percentage == 0)
    }

    @Test func whereAllIsWaivedThereIsNoShare() throws {
        let posture = try Account.judge(
            Account.snapshot([Account.bucket("beta", versioning: "Suspended")]),
            rules: Array(Account.rules().prefix(1)),
            exceptions: Self.everything()
        ).posture
        #expect(posture.compliance.map(\.percentage) == [nil])
    }

    @Test func aDisabledRuleThatExpiredSaysSo() throws {
        let posture = try Account.judge(Account.snapshot([]), exceptions: Exception.mixed()).posture
        #expect(posture.findings.contains { $0.rule == "parapet-overlay-expired" && $0.resource.id == "user-path" })
    }

    @Test func tagsOfTheResourceAreMatched() throws {
        var bucket = Account.bucket("beta", versioning: "Suspended")
        bucket.tags = ["team": "payments"]
        let waiver = Exception.waiver(match: Waiver.Match(tags: ["team": "payments"]))
        let posture = try Account.judge(
            Account.snapshot([bucket, Account.bucket("delta", versioning: "Suspended")]),
            exceptions: Exception.exceptions([waiver])
        ).posture
        #expect(posture.waived.map(\.resource.id) == ["beta"])
        #expect(posture.findings.map(\.resource.id) == ["delta"])
    }

    @Test func namesThatUnicodeCallsEqualAreCountedApart() throws {
        let twins = ["caf\u{E9}", "cafe\u{301}"].map { Account.bucket($0, versioning: "Suspended") }
        let posture = try Account.judge(
            Account.snapshot(twins),
            exceptions: Exception.exceptions([Exception.waiver(match: Waiver.Match(id: "caf\u{E9}"))])
        ).posture
        #expect(posture.counts["bucket-versioning"]?.waived == 1 && posture.counts["bucket-versioning"]?.fail == 1)
        #expect(posture.waived.count == 1 && posture.findings.count == 1)
    }

    @Test func parametersOfTheTenantAreUsed() throws {
        let rule = try Account.rule(
            """
            rule: few-buckets
            title: Names are short
            severity: low
            resource: AWS::S3::Bucket
            params: {word: {type: string, default: x}}
            fail_when: {Name: {starts_with: {param: word}}}
            """)
        let context = EvaluationContext(
            catalog: try Account.catalog(), snapshot: Account.snapshot([Account.bucket("alpha")]))
        for (settings, failures) in [([:], 0), (["few-buckets": ["word": "al"]], 1), (["other": ["word": "al"]], 0)]
            as [([String: [String: JSON]], Int)]
        {
            let posture = Posture.evaluate(
                tenant: "prod", rules: [rule], settings: settings, frameworks: [], in: context
            ).posture
            #expect(posture.findings.count == failures)
        }
    }

    @Test func firstSeenOutlivesAWaiver() throws {
        let moment = Timestamp(seconds: 1_700_000_000)
        let posture = try Account.judge(Account.mixed(), exceptions: Exception.mixed()).posture
        let first = try #require(posture.waived.first)
        let carried = posture.carryingOver([EarlierFinding(first, seen: moment)])
        #expect(carried.waived.map(\.firstSeen) == [moment, Account.noon])
        let read = try #require(EarlierFindings(FindingsJSON.bytes(carried)))
        #expect(read.findings.first { $0.id == first.id }?.firstSeen == moment)
        #expect(read.waived == Set(posture.waived.map(\.id)))
    }
}
