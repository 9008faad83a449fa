import Documents
import Resources
import Rules
import TestSupport
import Testing

@testable import Posture
@testable import Reports

@Suite struct PostureTests {
    @Test func countsEveryVerdict() throws {
        let (posture, verdicts) = try Account.judge(Account.mixed())
        #expect(posture.findings.map(\.resource.id) == ["beta", "delta", "bob"])
        #expect(posture.findings.map(\.severity) == [.critical, .critical, .medium])
        #expect(posture.count(.critical) == 2 && posture.count(.high) == 0 && posture.count(.medium) == 1)
        #expect(posture.unknownCount == verdicts.count { $0.kind == .unknown })
        #expect(
            posture.counts.values.reduce(0) { $0 + $1.pass + $1.fail + $1.notApplicable + $1.unknown } == verdicts.count
        )
        #expect(posture.counts["user-path"]?.notApplicable == 1)
        #expect(posture.resourceCount == 8)
        #expect(
            posture.severities == ["bucket-versioning": .critical, "bucket-encryption": .low, "user-path": .medium])
    }

    @Test func findingsSayWhatToDo() throws {
        let finding = try #require(try Account.judge(Account.mixed()).posture.findings.first)
        #expect(finding.message == "bucket beta keeps no versions")
        #expect(finding.remediation.text == "beta needs versions.")
        #expect(finding.remediation.cli?.contains("--bucket 'beta'") == true)
        #expect(finding.controls == ["acme/A-1"])
        #expect(finding.evidence.map(\.pointer) == ["/Versioning/Status"])
        #expect(finding.firstSeen == Account.noon)
    }

    @Test(arguments: 0..<8) func theOrderOfInputsDoesNotMatter(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let snapshot = Account.mixed()
        let twins = [
            Account.bucket("caf\u{E9}", versioning: nil), Account.bucket("cafe\u{301}", versioning: "Suspended"),
        ]
        let resources = snapshot.resources.values.flatMap { $0 } + twins
        let expected = try Account.judge(Account.snapshot(resources, gaps: snapshot.gaps))
        let (posture, verdicts) = try Account.judge(
            Account.snapshot(resources.shuffled(using: &random), gaps: snapshot.gaps),
            rules: Account.rules().shuffled(using: &random))
        #expect(VerdictsNDJSON.render(verdicts) == VerdictsNDJSON.render(expected.verdicts))
        #expect(FindingsJSON.text(posture) == FindingsJSON.text(expected.posture))
        #expect(FindingsMarkdown.render(posture) == FindingsMarkdown.render(expected.posture))
        #expect(
            SummaryJSON.render(posture, trend: []).bytes() == SummaryJSON.render(expected.posture, trend: []).bytes())
    }

    @Test func namesThatUnicodeCallsEqualStayApart() throws {
        let twins = ["caf\u{E9}", "cafe\u{301}"].map { Account.bucket($0, versioning: nil, denied: ["Versioning"]) }
        let posture = try Account.judge(Account.snapshot(twins)).posture
        #expect(posture.unknowns.map(\.resources.count) == [2])
    }

    @Test func aListThatCannotBeReadIsOneUnknownVerdict() throws {
        let gap = CollectionGap(
            type: "AWS::S3::Bucket", region: "global", operation: "s3:ListAllMyBuckets", code: "AccessDenied")
        let rules = try Array(Account.rules().prefix(1))
        let (posture, verdicts) = try Account.judge(Account.snapshot([], gaps: [gap]), rules: rules)
        #expect(verdicts.map(\.id) == ["*"])
        #expect(verdicts.map(\.kind) == [.unknown])
        #expect(verdicts.map(\.region) == ["global"])
        #expect(posture.score.value == 0)
        #expect(posture.findings.isEmpty)
        #expect(posture.unknowns.map(\.resources.count) == [1])
        #expect(posture.compliance.map(\.percentage) == [0])
    }

    @Test func aTypeThatWasNotAskedForIsUnknown() throws {
        let rules = try Array(Account.rules().prefix(2))
        let (_, verdicts) = try Account.judge(Account.snapshot([], types: ["AWS::IAM::User"]), rules: rules)
        #expect(verdicts.map(\.id) == ["*", "*"])
        #expect(verdicts.allSatisfy { $0.kind == .unknown && $0.region == "*" })
    }

    @Test func everyRuleThatRanIsCounted() throws {
        let posture = try Account.judge(Account.snapshot([])).posture
        #expect(posture.counts.count == 3)
        #expect(posture.counts.values.allSatisfy { $0 == VerdictCounts() })
        #expect(posture.score.value == 100)
    }

    @Test func firstSeenIsCarriedOverById() throws {
        let posture = try Account.judge(Account.mixed()).posture
        let first = try #require(posture.findings.first)
        let moment = Timestamp(seconds: 1_700_000_000)
        let carried = posture.carryingOver([EarlierFinding(first, seen: moment)])
        #expect(carried.findings.map(\.firstSeen) == [moment, Account.noon, Account.noon])
        #expect(carried.findings.map(\.id) == posture.findings.map(\.id))
        #expect(posture.carryingOver([]).findings.map(\.firstSeen) == posture.findings.map(\.firstSeen))
    }

    /// What a scan could not judge is not fixed, and keeps its date.
    @Test(arguments: [(nil, true), ("AWS::S3::Bucket", true), ("AWS::IAM::User", false)] as [(String?, Bool)])
    func whatCannotBeJudgedAnyMoreIsNeitherOpenNorResolved(gap type: String?, isUndecided: Bool) throws {
        let before = try Account.judge(Account.mixed()).posture
        let first = try #require(before.findings.first { $0.resource.type == "AWS::S3::Bucket" })
        let earlier = EarlierFinding(first, seen: Timestamp(seconds: 1_700_000_000))
        // The resource's own attribute, or the list that it stood in.
        let denied = Account.bucket(
            first.resource.id, versioning: nil, encrypted: false, denied: ["Versioning", "Encryption"])
        let gaps = [type].compactMap { $0 }.map {
            CollectionGap(type: $0, region: "eu-west-1", operation: "x:List", code: "AccessDenied")
        }
        let snapshot = Account.snapshot(type == nil ? [denied] : [], gaps: gaps)
        let after = try Account.judge(snapshot).posture.carryingOver([earlier])
        #expect(after.undecided.map(\.id) == (isUndecided ? [first.id] : []))
        #expect(!after.findings.contains { $0.id == first.id })
        let read = try #require(EarlierFindings(FindingsJSON.bytes(after)))
        #expect(read.undecided == Set(after.undecided.map(\.id)))
        let again = try Account.judge(Account.mixed()).posture.carryingOver(read.findings)
        let moment = again.findings.first { $0.id == first.id }?.firstSeen
        #expect(moment == (isUndecided ? earlier.firstSeen : Account.noon))
    }
}

extension EarlierFinding {
    init(_ finding: Finding, seen moment: Timestamp) {
        self.init(id: finding.id, rule: finding.rule, resource: finding.resource, firstSeen: moment)
    }
}
