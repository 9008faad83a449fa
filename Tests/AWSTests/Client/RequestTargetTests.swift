import Documents
import HTTP
import Testing

@testable import AWS

struct RequestTargetTests {
    static let encryption = """
        <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>\
        </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>
        """

    private func url(_ bucket: String, _ overrides: [String: String] = [:]) async throws -> String? {
        let (client, transport) = Fixtures.client([.response(200, Self.encryption, [:])], overrides: overrides)
        let result = try await client.call(
            "s3", "GetBucketEncryption", ["Bucket": .string(bucket)], region: "eu-west-1")
        let rule = result["ServerSideEncryptionConfiguration"]?["Rules"]?[0]
        #expect(rule?["ApplyServerSideEncryptionByDefault"]?["SSEAlgorithm"] == "AES256")
        return transport.requests.first?.url
    }

    @Test func addressesBuckets() async throws {
        #expect(try await url("plain-name") == "https://plain-name.s3.eu-west-1.amazonaws.com/?encryption=")
        #expect(try await url("dotted.name") == "https://s3.eu-west-1.amazonaws.com/dotted.name?encryption=")
        #expect(try await url("Upper_Case") == "https://s3.eu-west-1.amazonaws.com/Upper_Case?encryption=")
        let own = ["AWS_ENDPOINT_URL": "http://127.0.0.1:5000/base/", "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1"]
        #expect(try await url("plain-name", own) == "http://127.0.0.1:5000/base/plain-name?encryption=")
        let service = ["AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:2"]
        #expect(try await url("plain-name", service) == "http://127.0.0.1:2/plain-name?encryption=")
    }

    /// Their settings are kept by S3 Express, which takes no names of buckets in front of its own.
    @Test func addressesDirectoryBuckets() async throws {
        let host = "s3express-control.eu-west-1.amazonaws.com"
        #expect(try await url("name--euw1-az1--x-s3") == "https://\(host)/name--euw1-az1--x-s3?encryption=")
        let (client, transport) = Fixtures.client([.response(200, "", [:])])
        _ = try await client.call("s3", "HeadBucket", ["Bucket": "name--euw1-az1--x-s3"], region: "eu-west-1")
        #expect(transport.requests.first?.url == "https://name--euw1-az1--x-s3.s3.eu-west-1.amazonaws.com/")
    }

    @Test func followsBucketsToTheirRegionOnce() async throws {
        let moved = "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"
        let (client, transport) = Fixtures.client([
            .response(301, moved, ["x-amz-bucket-region": "eu-central-1"]), .response(200, Self.encryption, [:]),
            .response(200, Self.encryption, [:]),
        ])
        let input: JSON = ["Bucket": "somewhere"]
        _ = try await client.call("s3", "GetBucketEncryption", input, region: "us-east-1")
        _ = try await client.call("s3", "GetBucketEncryption", input, region: "us-east-1")
        #expect(
            transport.requests.map(\.url) == [
                "https://somewhere.s3.us-east-1.amazonaws.com/?encryption=",
                "https://somewhere.s3.eu-central-1.amazonaws.com/?encryption=",
                "https://somewhere.s3.eu-central-1.amazonaws.com/?encryption=",
            ])
        let authorization = transport.requests[1].headers.first { $0.name == "Authorization" }?.value
        #expect(authorization?.contains("/eu-central-1/s3/aws4_request") == true)
    }

    @Test func readsTheRegionFromMalformedHeaderErrors() async throws {
        let text = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>ap-south-1</Region></Error>"
        let (client, transport) = Fixtures.client([.response(400, text, [:]), .response(400, text, [:])])
        await #expect(throws: AWSError.self) {
            try await client.call("s3", "GetBucketPolicy", ["Bucket": "somewhere"], region: "us-east-1")
        }
        #expect(transport.requests.count == 2)
    }

    private static let policy = ScriptedTransport.Answer.response(200, "{}", ["Content-Type": "application/json"])

    /// Calls for a bucket's policy from us-east-1; the hosts that were called, and how it ended.
    private func hosts(
        _ client: AWSClient, _ transport: ScriptedTransport, region: String = "us-east-1"
    ) async -> (hosts: [Substring], code: AWSError.Code?) {
        var code: AWSError.Code?
        do throws(AWSError) {
            _ = try await client.call("s3", "GetBucketPolicy", ["Bucket": "somewhere"], region: region)
        } catch {
            code = error.code
        }
        return (transport.requests.map { $0.url.split(separator: "/")[1] }, code)
    }

    @Test(arguments: [
        (301, "PermanentRedirect", ["x-amz-bucket-region": "eu-central-1"], ""),
        (307, "TemporaryRedirect", ["X-Amz-Bucket-Region": "eu-central-1"], ""),
        (301, "PermanentRedirect", [:], "<Region>eu-central-1</Region>"),
        (400, "AuthorizationHeaderMalformed", [:], "<Region>eu-central-1</Region>"),
        (400, "IllegalLocationConstraintException", ["x-amz-bucket-region": "eu-central-1"], ""),
    ])
    func followsEveryWayToSayIt(_ status: Int, _ code: String, _ headers: [String: String], _ more: String) async {
        // Where S3 points to does not matter, only which region it names.
        let body = "<Error><Code>\(code)</Code><Endpoint>evil.example</Endpoint>\(more)</Error>"
        let headers = headers.merging(["Location": "https://evil.example/"]) { first, _ in first }
        let (client, transport) = Fixtures.client([.response(status, body, headers), Self.policy])
        let found = await hosts(client, transport)
        #expect(found.code == nil)
        #expect(
            found.hosts == ["somewhere.s3.us-east-1.amazonaws.com", "somewhere.s3.eu-central-1.amazonaws.com"])
    }

    @Test(arguments: [
        "evil.example", "eu-west-1.evil.example/", "eu-west-1@evil", "", "cn-north-1", "us-gov-west-1", "moon-1",
        "us-east-1",
    ])
    func followsNobodyElsewhere(_ region: String) async {
        let body = "<Error><Code>PermanentRedirect</Code><Region>\(region)</Region></Error>"
        let (client, transport) = Fixtures.client([.response(301, body, ["Location": "https://evil.example/"])])
        let found = await hosts(client, transport)
        #expect(found.code == "PermanentRedirect")
        #expect(found.hosts == ["somewhere.s3.us-east-1.amazonaws.com"])
    }

    @Test func isNotSentBackAndForth() async {
        func moved(_ region: String) -> ScriptedTransport.Answer {
            .response(301, "<Error><Code>PermanentRedirect</Code></Error>", ["x-amz-bucket-region": region])
        }
        let (client, transport) = Fixtures.client([
            moved("eu-west-1"), moved("us-east-1"), moved("eu-west-1"), Self.policy,
        ])
        #expect(await hosts(client, transport).code == "PermanentRedirect")
        #expect(transport.requests.count == 2)
        // Nothing is remembered of that.
        #expect(await hosts(client, transport).hosts.last == "somewhere.s3.eu-west-1.amazonaws.com")
        #expect(transport.requests[2].url.contains(".us-east-1."))
    }

    @Test func asksAnOwnEndpointAgainForTheRightRegion() async {
        let body = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>"
        let (client, transport) = Fixtures.client(
            [.response(400, body, [:]), Self.policy], overrides: ["AWS_ENDPOINT_URL": "http://127.0.0.1:5000"])
        let found = await hosts(client, transport)
        #expect(found.code == nil)
        #expect(found.hosts == ["127.0.0.1:5000", "127.0.0.1:5000"])
    }

    @Test func signsGlobalServicesInTheirRegion() async throws {
        let (client, transport) = Fixtures.client([
            .response(200, "<A><GetAccountSummaryResult/></A>", [:])
        ])
        _ = try await client.call("iam", "GetAccountSummary", region: "eu-west-1")
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://iam.amazonaws.com/")
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        #expect(authorization?.contains("/us-east-1/iam/aws4_request") == true)
        #expect(request.headers.contains { $0.name == "X-Amz-Security-Token" && $0.value == "tokentokentoken" })
    }

    @Test func putsTheAccountBeforeTheHost() async throws {
        let (client, transport) = Fixtures.client([.response(200, "{}", [:])])
        let input: JSON = ["AccountId": "123456789012"]
        _ = try? await client.call("s3control", "GetPublicAccessBlock", input, region: "eu-west-1")
        let request = try #require(transport.requests.first)
        let host = "123456789012.s3-control.eu-west-1.amazonaws.com"
        #expect(request.url == "https://\(host)/v20180820/configuration/publicAccessBlock")
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        #expect(authorization?.contains("/eu-west-1/s3/aws4_request") == true)
    }

    @Test func sendsWebIdentityUnsigned() async throws {
        let (client, transport) = Fixtures.client([
            .response(200, "<A><AssumeRoleWithWebIdentityResult/></A>", [:])
        ])
        let input: JSON = ["RoleArn": "a", "RoleSessionName": "b", "WebIdentityToken": "c"]
        _ = try await client.call("sts", "AssumeRoleWithWebIdentity", input, region: "eu-west-1")
        #expect(transport.requests.first?.headers.contains { $0.name == "Authorization" } == false)
    }
}
