import Resources
import Rules
import Testing

@testable import Posture

@Suite struct UnknownGroupTests {
    @Test func oneDeniedCallIsOneGroup() throws {
        let buckets = (0..<400).map { Account.bucket("b\($0)", versioning: nil, denied: ["Versioning"]) }
        let posture = try Account.judge(Account.snapshot(buckets)).posture
        let group = try #require(posture.unknowns.first)
        #expect(posture.unknowns.count == 1)
        #expect(group.resources.count == 400)
        #expect(group.rules == ["bucket-versioning"])
        #expect(group.kind == .uncollected)
        #expect(group.cause == "AWS::S3::Bucket /Versioning: AccessDenied")
        #expect(posture.unknownCount == 400)
    }

    @Test func anotherCodeIsAnotherGroup() throws {
        var throttled = Account.bucket("b2", versioning: nil)
        throttled.uncollected = ["Versioning": "Throttling"]
        let posture = try Account.judge(
            Account.snapshot([Account.bucket("b1", versioning: nil, denied: ["Versioning"]), throttled])
        ).posture
        #expect(posture.unknowns.map(\.cause).map { $0.split(separator: " ").last } == ["AccessDenied", "Throttling"])
    }

    @Test func namesAResourceOnceForSeveralRules() throws {
        let denied = Account.bucket("b", versioning: nil, encrypted: false, denied: ["Versioning"])
        var second = try Account.rule(
            """
            rule: another
            title: Another
            severity: low
            resource: AWS::S3::Bucket
            fail_when: {Versioning.Status: Suspended}
            """)
        second.severity = .high
        let posture = try Account.judge(
            Account.snapshot([denied]), rules: [second] + Account.rules().prefix(1)
        ).posture
        #expect(posture.unknowns.map(\.rules) == [["another", "bucket-versioning"]])
        #expect(posture.unknowns.map(\.resources.count) == [1])
        #expect(posture.unknownCount == 2)
    }

    @Test(arguments: RegionState.allCases) func aRegionThatIsOffIsOneGroup(state: RegionState) throws {
        var bucket = Account.bucket("b", versioning: nil, encrypted: false)
        bucket.region = "eu-south-1"
        bucket.uncollected = ["Versioning": state.rawValue, "Encryption": state.rawValue]
        var snapshot = Account.snapshot([bucket])
        let gaps = ["s3:ListBuckets", "s3:ListMore"].map {
            CollectionGap(type: "AWS::S3::Bucket", region: "eu-south-1", operation: $0, code: state.rawValue)
        }
        snapshot.gaps += gaps
        snapshot.gaps.append(
            CollectionGap(
                type: "AWS::S3::Bucket", region: "eu-west-1", operation: "s3:ListBuckets", code: state.rawValue))
        let posture = try Account.judge(snapshot).posture
        #expect(posture.unknowns.map(\.cause) == ["\(state.rawValue) in eu-south-1", "\(state.rawValue) in eu-west-1"])
    }

    @Test func aVerdictWithoutCausesIsGroupedToo() {
        let verdict = Verdict(
            rule: "r", type: "T", id: "i", arn: "", region: "global", account: "1", kind: .unknown, causes: [])
        #expect(UnknownGroup.groups(of: [verdict]).map(\.cause) == ["not decided"])
    }

    @Test(arguments: [VerdictKind.pass, .fail, .notApplicable]) func onlyUnknownVerdictsAreGrouped(kind: VerdictKind) {
        let cause = UnknownCause(kind: .uncollected, type: "T", id: "i", pointer: "/P", detail: "AccessDenied")
        let verdict = Verdict(
            rule: "r", type: "T", id: "i", arn: "", region: "global", account: "1", kind: kind, causes: [cause])
        #expect(UnknownGroup.groups(of: [verdict]).isEmpty)
    }
}
