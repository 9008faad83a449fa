import AWS
import Collection
import Documents
import Resources
import Testing

@Suite struct CollectorTests {
    /// One bucket in Ireland with nothing configured.
    static func bucket(_ call: String, _ region: String) -> ScriptedCaller.Answer {
        switch call {
        case "s3:ListBuckets":
            .success(["Buckets": [["Name": "b", "CreationDate": "2026-01-01T00:00:00Z", "Secret": "x"]]])
        case "s3:GetBucketLocation": .success(["LocationConstraint": "eu-west-1"])
        case "s3:GetBucketEncryption": failure("ServerSideEncryptionConfigurationNotFoundError")
        case "s3:GetBucketPolicy": .success(["Policy": "{\"Statement\":[]}"])
        case "s3:GetBucketPolicyStatus": failure("NoSuchBucketPolicy")
        case "s3:GetPublicAccessBlock": failure("AccessDenied")
        case "s3:GetBucketOwnershipControls": failure("OwnershipControlsNotFoundError")
        case "s3:GetBucketLifecycleConfiguration": failure("NoSuchLifecycleConfiguration")
        case "s3:GetBucketTagging": .success(["TagSet": [["Key": "team", "Value": "a"]]])
        case "s3:GetBucketAcl": .success(["Owner": ["DisplayName": "someone"], "Grants": [["Permission": "READ"]]])
        default: .success([:])
        }
    }

    @Test func aBucketBecomesOneDocument() async throws {
        let caller = ScriptedCaller { call, _, region in Self.bucket(call, region) }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["s3"]), caller)
        let buckets = try #require(snapshot.resources["AWS::S3::Bucket"])
        let bucket = try #require(buckets.first)
        #expect(buckets.count == 1)
        #expect(bucket.region == "eu-west-1")
        #expect(bucket.arn == "arn:aws:s3:::b")
        #expect(bucket.tags == ["team": "a"])
        // What the manifest does not keep is not stored; absent is absent, denied is not.
        #expect(bucket.config["Secret"] == nil)
        #expect(bucket.config["Acl"]?["Owner"] == nil)
        #expect(bucket.config["Encryption"] == nil)
        #expect(bucket.config["Policy"]?["Statement"]?.array?.isEmpty == true)
        #expect(bucket.uncollected == ["PublicAccessBlock": "AccessDenied"])
    }

    @Test func aCallThatSeveralPlacesNeedIsMadeOnce() async throws {
        let caller = ScriptedCaller { call, _, region in Self.bucket(call, region) }
        _ = await Fixtures.collect(try Fixtures.plan(["s3"]), caller)
        #expect(Set(caller.calls).count == caller.calls.count, "\(caller.calls)")
        #expect(caller.calls.count { $0.hasPrefix("s3:GetBucketLocation") } == 1)
    }

    @Test func callsGoToTheBucketsRegion() async throws {
        let caller = ScriptedCaller { call, _, region in Self.bucket(call, region) }
        _ = await Fixtures.collect(try Fixtures.plan(["s3"]), caller)
        #expect(caller.calls.contains("s3:GetBucketVersioning eu-west-1 {\"Bucket\":\"b\"}"))
        #expect(caller.calls.contains("s3:ListBuckets us-east-1 {}"))
    }

    @Test(arguments: [1, 4, 16]) func callsRunAtOnceWithinTheLimit(limit: Int) async throws {
        let caller = ScriptedCaller(pause: .milliseconds(2)) { call, _, region in
            call == "s3:ListBuckets"
                ? .success(["Buckets": .array((0..<20).map { ["Name": .string("b\($0)")] })])
                : Self.bucket(call, region)
        }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["s3"]), caller, concurrency: limit)
        #expect(snapshot.resources["AWS::S3::Bucket"]?.count == 20)
        #expect(caller.mostRunning <= limit)
        #expect(caller.mostRunning > limit / 2)
    }

    @Test(
        arguments: [
            (failure("AccessDenied"), "AccessDenied"),
            (.success([:]), "MalformedResponse"),
            (.success(["Volumes": [["Size": 1]]]), "MalformedResponse"),
        ] as [(ScriptedCaller.Answer, String)])
    func aListThatCannotBeReadIsAGap(answer: ScriptedCaller.Answer, code: String) async throws {
        let caller = ScriptedCaller { call, _, region in
            call == "ec2:DescribeVolumes" && region == "us-east-1"
                ? answer : .success(["Volumes": [], "Snapshots": [], "Regions": []])
        }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["ebs"]), caller)
        #expect(
            snapshot.gaps == [
                CollectionGap(
                    type: "AWS::EC2::Volume", region: "us-east-1", operation: "ec2:DescribeVolumes", code: code)
            ])
    }

    @Test func aMissingListIsNoEmptyList() async throws {
        let caller = ScriptedCaller { call, _, _ in
            switch call {
            case "iam:ListUsers": .success(["Users": [["UserName": "ann", "Arn": "arn:aws:iam::1:user/ann"]]])
            case "iam:ListMFADevices": .success(["MFADevices": []])
            default: .success([:])
            }
        }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["iam"]), caller)
        let user = try #require(snapshot.resources["AWS::IAM::User"]?.first)
        #expect(user.config["MFADevices"]?.array?.isEmpty == true)
        #expect(user.uncollected["MFADevices"] == nil)
        #expect(user.uncollected["AttachedPolicies"] == "MalformedResponse")
    }

    @Test func elementsAreExtendedByFurtherCalls() async throws {
        let caller = ScriptedCaller { call, input, _ in
            switch (call, input["AccessKeyId"]?.string) {
            case ("iam:ListUsers", _): .success(["Users": [["UserName": "ann"]]])
            case ("iam:ListAccessKeys", _):
                .success(["AccessKeyMetadata": [["AccessKeyId": "A", "Status": "Active"], ["AccessKeyId": "B"]]])
            case ("iam:GetAccessKeyLastUsed", "A"):
                .success(["AccessKeyLastUsed": ["LastUsedDate": "2026-01-14T11:22:33Z", "Region": "N/A"]])
            case ("iam:GetAccessKeyLastUsed", _): failure("AccessDenied")
            default: .success([:])
            }
        }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["iam"]), caller)
        let user = try #require(snapshot.resources["AWS::IAM::User"]?.first)
        // Cut to the day: the time of last use is no change of configuration.
        #expect(user.config["AccessKeys"]?[0]?["LastUsed"]?["LastUsedDate"]?.string == "2026-01-14T00:00:00Z")
        #expect(user.config["AccessKeys"]?[1]?["LastUsed"] == nil)
        #expect(user.uncollected["AccessKeys/1/LastUsed"] == "AccessDenied")
    }

    @Test func aTrailThatShowsInTwoRegionsIsOneResource() async throws {
        let trail: JSON = [
            "Name": "t", "TrailARN": "arn:aws:cloudtrail:us-east-1:1:trail/t", "HomeRegion": "us-east-1",
        ]
        let caller = ScriptedCaller { call, _, _ in
            switch call {
            case "cloudtrail:DescribeTrails": .success(["trailList": [trail]])
            case "cloudtrail:GetTrailStatus": .success(["IsLogging": true])
            default: .success(["DetectorIds": []])
            }
        }
        let snapshot = await Fixtures.collect(try Fixtures.plan(["logging"]), caller)
        let trails = try #require(snapshot.resources["AWS::CloudTrail::Trail"])
        #expect(trails.map(\.region) == ["us-east-1"])
        #expect(caller.calls.count { $0.hasPrefix("cloudtrail:GetTrailStatus us-east-1") } == 1)
    }

    @Test func accountAndRegionsAlwaysExist() async throws {
        let caller = ScriptedCaller { _, _, _ in failure("AccessDenied") }
        let snapshot = await Fixtures.collect(try Fixtures.plan([]), caller)
        #expect(snapshot.resources["AWS::::Account"]?.map(\.id) == ["111122223333"])
        #expect(snapshot.resources["AWS::::Region"]?.map(\.id) == ["eu-west-1", "us-east-1"])
        #expect(caller.calls.isEmpty, "no scanner, no calls")
        #expect(snapshot.resources["AWS::::Account"]?.first?.uncollected["Summary"] == "NotRequested")
    }
}
