import Posture
import Resources
import Rules
import Testing

@Suite struct OwnerTagsTests {
    @Test(
        arguments: [
            (["owner"], ["owner": "ann"], "ann"), (["owner", "team"], ["team": "red", "owner": "ann"], "ann"),
            (["owner", "team"], ["team": "red"], "red"), (["owner"], ["team": "red"], nil), (["owner"], [:], nil),
            ([], ["owner": "ann"], nil), (["owner"], ["Owner": "ann"], nil), (["owner"], ["owner ": "ann"], nil),
            (["owner", "team"], ["owner": "", "team": "red"], "red"), (["owner"], ["owner": " \n"], nil),
            (["owner"], ["owner": " ann "], " ann "),
            // Equivalent for Unicode, and two keys for AWS.
            (["caf\u{E9}"], ["cafe\u{301}": "ann"], nil), (["caf\u{E9}"], ["caf\u{E9}": "ann"], "ann"),
        ] as [([String], [String: String], String?)])
    func theFirstTagThatTheResourceHas(keys: [String], tags: [String: String], owner: String?) {
        #expect(OwnerTags(keys).owner(in: tags) == owner)
    }

    @Test func findingsAndUnknownChecksHaveOwners() throws {
        var open = Account.bucket("a", versioning: "Suspended")
        var unknown = Account.bucket("b", versioning: nil, denied: ["Versioning"])
        open.tags = ["team": "red"]
        unknown.tags = ["owner": "ann"]
        let waiver = Exception.waiver(match: .init(id: "c"))
        var waived = Account.bucket("c", versioning: "Suspended")
        waived.tags = ["owner": "bob"]
        let snapshot = Account.snapshot(
            [open, unknown, waived],
            gaps: [.init(type: "AWS::IAM::User", region: "global", operation: "iam:ListUsers", code: "Denied")])
        let posture = try Account.judge(
            snapshot, exceptions: Exception.exceptions([waiver]), ownerTags: OwnerTags(["owner", "team"])
        ).posture
        #expect(posture.findings.map(\.owner) == ["red"] && posture.waived.map(\.owner) == ["bob"])
        #expect(posture.unknownChecks.map(\.resource.id) == ["b", "*"])
        #expect(posture.unknownChecks.map(\.owner) == ["ann", nil])
        #expect(try Account.judge(snapshot).posture.findings.allSatisfy { $0.owner == nil })
    }
}
