import Documents
import Testing

@testable import Collection

@Suite struct CallsLeftTests {
    static let planned = [
        PlannedCall(service: "s3", operation: "ListBuckets"),
        PlannedCall(service: "ec2", operation: "DescribeVolumes", regions: 3),
        PlannedCall(service: "s3", operation: "GetBucketAcl", basis: .resource(type: "Bucket", batch: 1)),
        PlannedCall(service: "s3", operation: "GetMany", basis: .resource(type: "Bucket", batch: 10)),
        PlannedCall(service: "iam", operation: "GetLastUsed", basis: .item(of: "iam:ListUsers")),
    ]

    @Test(arguments: [
        ([:], [:], 4, true), (["Bucket": 0], [:], 4, false), (["Bucket": 21], [:], 4 + 21 + 3, false),
        (["Bucket": 21], ["s3:ListBuckets": 1, "s3:GetBucketAcl": 20], 3 + 1 + 3, false),
        // Pages come on top of what was planned, and take nothing off other calls.
        (["Bucket": 1], ["ec2:DescribeVolumes": 9], 1 + 1 + 1, false),
    ])
    func whatIsListedTellsWhatIsLeft(listed: [String: Int], made: [String: Int], calls: Int, isLeast: Bool) {
        let left = CallsLeft(planned: Self.planned, listed: listed, made: made)
        #expect(left.calls == calls)
        #expect(left.isLeast == isLeast)
    }

    @Test func nothingIsLeftOfWhatWasCollected() async throws {
        let progress = CollectionProgress()
        let caller = ScriptedCaller { call, _, _ in
            call == "s3:ListBuckets" ? .success(["Buckets": [["Name": "a"], ["Name": "b"]]]) : .success([:])
        }
        let plan = try Fixtures.plan(["s3"])
        let target = Collector.Target(
            account: "111122223333", partition: "aws", regions: ["eu-west-1"], globalRegion: "us-east-1")
        _ = await Collector(plan: plan, target: target, client: caller, progress: progress)
            .collect(at: Timestamp(seconds: 0))
        var made: [String: Int] = [:]
        for call in caller.calls { made[String(call.prefix { $0 != " " }), default: 0] += 1 }
        #expect(progress.callsLeft(made: [:]).calls == caller.calls.count)
        #expect(progress.callsLeft(made: made) == CallsLeft())
    }
}
