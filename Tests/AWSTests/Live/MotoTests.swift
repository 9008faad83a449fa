import Documents
import Foundation
import HTTP
import Testing

@testable import AWS

enum MotoServer {
    static let url = ProcessInfo.processInfo.environment["PARAPET_MOTO_URL"]
}

/// Calls a running `moto_server`, whose URL is in `PARAPET_MOTO_URL`. With `PARAPET_MOTO_OUTPUT` it also writes what it
/// decoded to that file, to be compared with boto3.
@Suite(.enabled(if: MotoServer.url != nil, "no server: set PARAPET_MOTO_URL to that of a moto_server"))
struct MotoTests {
    static let calls: [(service: String, operation: String, input: JSON)] = [
        ("s3", "ListBuckets", [:]),
        ("s3", "GetBucketLocation", ["Bucket": "first-bucket"]),
        ("s3", "GetBucketLocation", ["Bucket": "second.bucket"]),
        ("s3", "GetBucketEncryption", ["Bucket": "first-bucket"]),
        ("s3", "GetBucketVersioning", ["Bucket": "first-bucket"]),
        ("s3", "GetBucketAcl", ["Bucket": "first-bucket"]),
        ("s3", "GetBucketTagging", ["Bucket": "first-bucket"]),
        ("s3", "GetBucketPolicy", ["Bucket": "first-bucket"]),
        ("s3", "GetPublicAccessBlock", ["Bucket": "first-bucket"]),
        ("s3", "HeadBucket", ["Bucket": "first-bucket"]),
        ("iam", "ListUsers", [:]),
        ("iam", "GetUser", ["UserName": "alice"]),
        ("iam", "ListUserTags", ["UserName": "alice"]),
        ("iam", "ListAccessKeys", ["UserName": "alice"]),
        ("iam", "ListRoles", [:]),
        ("iam", "GetRole", ["RoleName": "reader"]),
        ("iam", "GetUserPolicy", ["UserName": "alice", "PolicyName": "inline"]),
        ("iam", "GetAccountSummary", [:]),
        ("iam", "GetAccountAuthorizationDetails", [:]),
        ("ec2", "DescribeRegions", [:]),
        ("ec2", "DescribeVpcs", [:]),
        ("ec2", "DescribeSubnets", [:]),
        ("ec2", "DescribeSecurityGroups", [:]),
        ("ec2", "DescribeNetworkAcls", [:]),
        ("ec2", "DescribeVolumes", [:]),
        ("ec2", "GetEbsEncryptionByDefault", [:]),
        ("cloudtrail", "DescribeTrails", [:]),
        ("cloudtrail", "GetTrailStatus", ["Name": "main"]),
        ("cloudtrail", "GetEventSelectors", ["TrailName": "main"]),
        ("guardduty", "ListDetectors", [:]),
        ("sts", "GetCallerIdentity", [:]),
    ]

    private func client() throws -> AWSClient {
        let credentials = Credentials(accessKeyID: "testing", secretAccessKey: "testing")
        return AWSClient(
            transport: try HTTPClient(), models: Fixtures.models, credentials: StaticCredentialProvider(credentials),
            configuration: AWSClient.Configuration(environment: ["AWS_ENDPOINT_URL": MotoServer.url ?? ""]))
    }

    @Test func decodesWhatTheServerSays() async throws {
        let client = try client()
        var lines: [String] = []
        for call in Self.calls {
            let output = try await client.callAllPages(call.service, call.operation, call.input, region: "us-east-1")
            let line: JSON = [
                "service": .string(call.service), "operation": .string(call.operation), "input": call.input,
                "output": output,
            ]
            lines.append(line.text())
        }
        let detectors = try await client.call("guardduty", "ListDetectors", region: "us-east-1")
        if let id = detectors["DetectorIds"]?[0] {
            let detector = try await client.call("guardduty", "GetDetector", ["DetectorId": id], region: "us-east-1")
            lines.append(
                JSON.object([
                    "service": "guardduty", "operation": "GetDetector", "input": ["DetectorId": id], "output": detector,
                ]).text())
        }
        if let path = ProcessInfo.processInfo.environment["PARAPET_MOTO_OUTPUT"] {
            try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    @Test func assumesRolesAndReportsErrors() async throws {
        let client = try client()
        let role = client.roleProvider(
            try RoleSession(
                role: "arn:aws:iam::123456789012:role/reader", name: "parapet-test",
                externalID: try ExternalID("tenant-1")), region: "us-east-1")
        let identity = try await client.using(role).call("sts", "GetCallerIdentity", region: "us-east-1")
        #expect(identity["Arn"]?.string?.hasSuffix("assumed-role/reader/parapet-test") == true)
        for (service, operation, input, code) in [
            ("s3", "GetBucketPolicy", ["Bucket": "missing"] as JSON, "NoSuchBucket"),
            ("iam", "GetRole", ["RoleName": "missing"], "NoSuchEntity"),
            ("cloudtrail", "GetTrailStatus", ["Name": "missing"], "TrailNotFoundException"),
            ("s3", "HeadBucket", ["Bucket": "missing"], "404"),
        ] {
            await #expect { try await client.call(service, operation, input, region: "us-east-1") } throws: { error in
                (error as? AWSError)?.code.rawValue == code && (error as? AWSError)?.kind == .notFound
            }
        }
    }
}
