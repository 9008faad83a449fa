import Collection
import Documents
import Resources
import Testing

@Suite struct PlannedCallTests {
    @Test func listsAreCalledOnceAndDetailsForEachResource() throws {
        let calls = try Fixtures.plan(["s3"]).calls(regions: 3)
        let list = try #require(calls.first { $0.name == "s3:ListBuckets" })
        #expect((list.basis, list.regions) == (.once, 1))
        let policy = try #require(calls.first { $0.name == "s3:GetBucketPolicy" })
        #expect((policy.basis, policy.regions) == (.resource(type: "AWS::S3::Bucket", batch: 1), 3))
        // Two places name it; its answer is shared.
        #expect(calls.filter { $0.name == "s3:GetBucketLocation" }.count == 1)
    }

    @Test func onlyWhatIsEnabledIsPlanned() throws {
        let services = Set(try Fixtures.plan(["s3"]).calls(regions: 1).map(\.service))
        #expect(services == ["s3", "s3control"])
        #expect(try Fixtures.plan([]).calls(regions: 1).isEmpty)
        #expect(try Fixtures.plan(["ebs"]).calls(regions: nil).contains { $0.regions == nil && $0.basis == .once })
    }

    @Test func elementsOfListsAreCountedInTheLastSnapshot() throws {
        let calls = try Fixtures.plan(["iam"]).calls(regions: 1)
        let used = try #require(calls.first { $0.name == "iam:GetAccessKeyLastUsed" })
        #expect(used.count(given: nil) == nil)
        let key: JSON = ["AccessKeyId": "x"]
        let users = [2, 0, 1].enumerated().map { index, keys in
            Resource(
                type: "AWS::IAM::User", id: "u\(index)", arn: "arn:\(index)", account: "1", region: "global",
                config: ["AccessKeys": .array(Array(repeating: key, count: keys))])
        }
        func snapshot(types: Set<String>, gaps: [CollectionGap] = []) -> Snapshot {
            Snapshot(
                account: "1", partition: "aws", regions: ["eu-west-1"], collectedAt: Timestamp(seconds: 0),
                types: types,
                gaps: gaps, resources: users)
        }
        #expect(used.count(given: snapshot(types: ["AWS::IAM::User"])) == 3)
        // What the snapshot does not know, it does not tell.
        #expect(used.count(given: snapshot(types: [])) == nil)
        let gap = CollectionGap(type: "AWS::IAM::User", region: "global", operation: "iam:ListUsers", code: "X")
        #expect(used.count(given: snapshot(types: ["AWS::IAM::User"], gaps: [gap])) == nil)
    }

    @Test(arguments: [(0, 0), (1, 1), (10, 1), (11, 2)])
    func batchesAreRoundedUp(resources: Int, calls: Int) {
        let call = PlannedCall(
            service: "x", operation: "Get", regions: 1, basis: .resource(type: "X", batch: 10))
        let snapshot = Snapshot(
            account: "1", partition: "aws", regions: [], collectedAt: Timestamp(seconds: 0), types: ["X"],
            resources: (0..<resources).map {
                Resource(type: "X", id: "\($0)", arn: "\($0)", account: "1", region: "global", config: .null)
            })
        #expect(call.count(given: snapshot) == calls)
    }
}
