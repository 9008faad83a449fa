import Rules
import Testing

@testable import Posture

@Suite struct UnknownCheckTests {
    @Test func oneForEachUnknownVerdict() throws {
        let (posture, verdicts) = try Account.judge(Account.mixed())
        let unknown = verdicts.filter { $0.kind == .unknown }
        #expect(posture.unknownChecks.map(\.rule) == unknown.map(\.rule))
        #expect(posture.unknownChecks.map(\.resource.id) == unknown.map(\.id))
        #expect(posture.unknownChecks.count == posture.unknownCount)
        #expect(Set(posture.unknownChecks.flatMap(\.causes)) == Set(posture.unknowns.map(\.cause)))
    }

    /// The id is the one that a failure of the same check has.
    @Test func idsAreThoseOfFindings() throws {
        let unknown = try Account.judge(
            Account.snapshot([Account.bucket("a", versioning: nil, denied: ["Versioning"])])
        ).posture
        let failed = try Account.judge(Account.snapshot([Account.bucket("a", versioning: "Suspended")])).posture
        #expect(unknown.unknownChecks.map(\.id) == failed.findings.map(\.id))
    }

    @Test func causesStandOnce() {
        let cause = UnknownCause(kind: .uncollected, type: "T", id: "a", pointer: "/A", detail: "Denied")
        var other = cause
        other.id = "b"
        var verdict = Verdict(
            rule: "r", type: "T", id: "a", arn: "", region: "", account: "1", kind: .unknown, causes: [cause, other])
        #expect(UnknownCheck(verdict, tenant: "prod").causes == ["T /A: Denied"])
        verdict.causes = []
        #expect(UnknownCheck(verdict, tenant: "prod").causes == ["not decided"])
    }

    @Test func rulesThatRan() throws {
        let posture = try Account.judge(Account.snapshot([])).posture
        #expect(posture.rules.map(\.id) == ["bucket-encryption", "bucket-versioning", "user-path"])
        #expect(posture.rules.map(\.controls) == [["acme/A-2"], ["acme/A-1"], ["acme/A-3"]])
        #expect(posture.collectedAt == Account.noon && posture.partition == "aws")
    }
}
