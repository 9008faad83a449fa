import Documents
import Testing

@testable import AWS

struct SessionPolicyTests {
    @Test func deniesEverythingElse() throws {
        let actions = ["s3:ListAllMyBuckets", "iam:ListUsers", "iam:ListUsers"]
        let text = try #require(SessionPolicy.denyingAll(but: actions, beside: []))
        #expect(
            try JSON.parse(text) == [
                "Version": "2012-10-17",
                "Statement": [
                    ["Effect": "Deny", "NotAction": ["iam:ListUsers", "s3:ListAllMyBuckets"], "Resource": "*"]
                ],
            ])
        #expect(SessionPolicy.denyingAll(but: actions.reversed(), beside: []) == text)
    }

    /// Exactly 2,048 characters, ARNs of managed policies included, are the most.
    @Test(arguments: [[], ["arn:aws:iam::aws:policy/SecurityAudit"]])
    func keepsToTheLimit(_ policies: [String]) throws {
        let empty = try #require(SessionPolicy.denyingAll(but: ["a:b"], beside: [])).utf8.count - 1
        let room = SessionPolicy.longest - empty - policies.reduce(0) { $0 + $1.utf8.count }
        let fits = "a:" + String(repeating: "b", count: room)
        #expect(SessionPolicy.denyingAll(but: [fits], beside: policies) != nil)
        #expect(SessionPolicy.denyingAll(but: [fits + "b"], beside: policies) == nil)
    }

    @Test func namesManyReadersByAPattern() throws {
        let many = (100..<190).map { "ec2:DescribeThings\($0)" }
        let few = (100..<110).map { "iam:ListThings\($0)" }
        let text = try #require(SessionPolicy.denyingAll(but: many + few + ["ec2:CreateThing"], beside: []))
        let statement = try JSON.parse(text)["Statement"]?[0]
        let expected = ["ec2:CreateThing", "ec2:Describe*"] + few
        #expect(statement?["NotAction"] == .array(expected.map { .string($0) }))
        let makers = (100..<300).map { "ec2:CreateThings\($0)" }
        #expect(SessionPolicy.denyingAll(but: makers, beside: []) == nil)
    }

    /// A policy that denies nothing, or everything, is none.
    @Test(arguments: [[], ["s3:*"], ["*"], ["iam"], ["iam:"], [":x"], ["a:b:c"], ["iam:ListUsers", "s3:Get Object"]])
    func refusesWhatIsNoAction(_ actions: [String]) {
        #expect(SessionPolicy.denyingAll(but: actions, beside: []) == nil)
    }
}
