import Documents
import HTTP
import Testing

@testable import AWS

struct RetryTests {
    static let identity = """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>\
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """

    static func problem(_ code: String) -> String {
        "<ErrorResponse><Error><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>"
    }

    private func call(_ client: AWSClient) async throws(AWSError) -> JSON {
        try await client.call("sts", "GetCallerIdentity", region: "eu-west-1")
    }

    @Test func triesThriceAndWaitsLongerEachTime() async throws {
        let delays = Delays()
        let (client, transport) = Fixtures.client(
            [
                .response(400, Self.problem("Throttling"), [:]), .response(503, "", [:]),
                .response(200, Self.identity, [:]),
            ], delays: delays)
        #expect(try await call(client) == ["Account": "123456789012"])
        #expect(transport.requests.count == 3)
        #expect(delays.all == [.seconds(1), .milliseconds(100)])
        #expect(client.statistics.counts.retries == 2)
        #expect(client.statistics.counts.throttles == 1)
        #expect(client.statistics.counts.calls == 1)
        #expect(client.quota.available == RetryQuota.capacity - 5)
    }

    @Test func givesUpAfterTheThirdAttempt() async throws {
        let (client, transport) = Fixtures.client([.failure(.connectionClosed)])
        await #expect { try await call(client) } throws: { error in
            (error as? AWSError)?.kind == .network
        }
        #expect(transport.requests.count == 3)
        #expect(client.quota.available == RetryQuota.capacity - 28)
    }

    @Test(arguments: ["AccessDenied", "ValidationError", "NoSuchEntity"])
    func doesNotRepeatWhatCannotHelp(_ code: String) async throws {
        let (client, transport) = Fixtures.client([.response(400, Self.problem(code), [:])])
        await #expect(throws: AWSError.self) { try await call(client) }
        #expect(transport.requests.count == 1)
    }

    @Test func stopsWhenTheQuotaIsSpent() async throws {
        let (client, transport) = Fixtures.client([.response(500, "", [:])])
        for _ in 0..<20 { await #expect(throws: AWSError.self) { try await call(client) } }
        // 500 / 14 = 35 retries in all.
        #expect(transport.requests.count == 20 + 35)
    }

    @Test func waitsAsLongAsTheServiceAsks() async throws {
        let delays = Delays()
        let (client, _) = Fixtures.client(
            [
                .response(503, "", ["x-amz-retry-after": "1500"]), .response(503, "", ["X-Amz-Retry-After": "900000"]),
                .response(200, Self.identity, [:]),
            ], delays: delays)
        _ = try await call(client)
        #expect(delays.all == [.milliseconds(1_500), .milliseconds(5_100)])
    }

    @Test func tellsTheCallInErrors() async throws {
        let (client, _) = Fixtures.client([.response(403, Self.problem("AccessDenied"), [:])])
        await #expect { try await call(client) } throws: { error in
            "\(error)" == "sts:GetCallerIdentity in eu-west-1: AccessDenied: no"
                && (error as? AWSError)?.kind == .denied && (error as? AWSError)?.httpStatus == 403
        }
    }

    @Test func refusesWhatItDoesNotKnow() async throws {
        let (client, transport) = Fixtures.client([])
        for (service, operation, region) in [
            ("nothing", "A", "eu-west-1"), ("sts", "A", "eu-west-1"), ("sts", "GetCallerIdentity", "evil.example/"),
            ("sts", "GetCallerIdentity", "moon-1"),
        ] {
            await #expect { try await client.call(service, operation, region: region) } throws: { error in
                (error as? AWSError)?.kind == .invalid
            }
        }
        for input in [["Unknown": "a"], ["RoleArn": "a"], []] as [JSON] {
            await #expect {
                try await client.call("sts", "AssumeRole", input, region: "eu-west-1")
            } throws: { error in
                (error as? AWSError)?.code == .invalidInput
            }
        }
        #expect(transport.requests.isEmpty)
    }
}
