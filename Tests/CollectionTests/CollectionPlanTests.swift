import AWSModels
import Collection
import Documents
import Resources
import Testing

@Suite struct CollectionPlanTests {
    @Test func aScannerBringsItsTypes() throws {
        #expect(try Fixtures.plan(["kms"]).types == ["AWS::::Account", "AWS::::Region", "AWS::KMS::Key"])
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

    /// IAM knows a call by the service's prefix, or by another name altogether.
    @Test func itsCallsNeedTheseActions() throws {
        func actions(_ operation: String, _ more: String = "") throws -> Set<String>? {
            var diagnostics = FileDiagnostics(
                file: SourceFile(
                    path: "manifests/x.yaml",
                    text: """
                        resource: X::Thing
                        scanner: s
                        list: {operation: \(operation), items: Things, scope: regional\(more)}
                        id: Id
                        arn: "{Id}"
                        keep: [Id]
                        """))
            let parsed = Manifest.parse(&diagnostics)
            let manifest = try #require(parsed, "\(diagnostics.found.map { $0.text() }.joined())")
            let catalog = ResourceCatalog([ResourceType(manifest: manifest, schema: .any)])
            return CollectionPlan(catalog: catalog, scanners: ["s"], dependencies: Fixtures.noDependencies)
                .actions(ModelLibrary.builtin())
        }
        #expect(try actions("elbv2:DescribeLoadBalancers") == ["elasticloadbalancing:DescribeLoadBalancers"])
        #expect(try actions("s3:ListBuckets", ", action: s3:ListAllMyBuckets") == ["s3:ListAllMyBuckets"])
        #expect(try actions("s3:ListBuckets", ", needs: [x:Y]") == ["s3:ListBuckets", "x:Y"])
        #expect(try actions("nowhere:ListThings") == nil)
        let builtin = try #require(try Fixtures.plan(["s3", "iam"]).actions(ModelLibrary.builtin()))
        #expect(
            builtin.isSuperset(of: [
                "s3:ListAllMyBuckets", "s3:GetEncryptionConfiguration", "iam:GetAccountAuthorizationDetails",
                "iam:GenerateCredentialReport",
            ]))
    }
}
