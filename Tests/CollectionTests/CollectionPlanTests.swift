import Collection
import Resources
import Testing

@Suite struct CollectionPlanTests {
    @Test func aScannerBringsItsTypes() throws {
        #expect(try Fixtures.plan(["s3"]).types == ["AWS::::Account", "AWS::::Region", "AWS::S3::Bucket"])
        #expect(try Fixtures.plan(["network"]).types.contains("AWS::EC2::SecurityGroup"))
    }

    @Test func aRuleBringsTheTypesThatItReads() throws {
        let rule = try Fixtures.rule(
            """
            rule: x
            title: X
            severity: low
            resource: AWS::::Account
            pass_when: {all: [{related.trails: {some: {IsMultiRegionTrail: true}}}, {PasswordPolicy.MinimumPasswordLength: {gt: 1}}]}
            """)
        let plan = try Fixtures.plan([], rules: [rule])
        #expect(plan.types == ["AWS::::Account", "AWS::::Region", "AWS::CloudTrail::Trail"])
        let account = try #require(plan.manifests.first { $0.type == "AWS::::Account" })
        #expect(account.attributes.map(\.name) == ["PasswordPolicy"])
    }
}
