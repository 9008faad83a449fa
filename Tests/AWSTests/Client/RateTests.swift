import Documents
import Testing

@testable import AWS

/// What the client does with the buckets.
struct RateTests {
    private static let summary = "<A><GetAccountSummaryResult><SummaryMap/></GetAccountSummaryResult></A>"
    private static let throttled = RetryTests.problem("Throttling")

    private func summary(_ client: AWSClient, region: String = "eu-west-1") async throws {
        _ = try await client.call("iam", "GetAccountSummary", region: region)
    }

    /// How long 25 calls take, made one after the other.
    private func time(_ delays: Delays, _ call: (Int) async throws -> Void) async rethrows -> Duration {
        for number in 0..<25 { try await call(number) }
        return delays.now
    }

    @Test func iamStartsLow() async throws {
        let delays = Delays()
        let (client, _) = Fixtures.client([.response(200, Self.summary, [:])], delays: delays)
        let time = try await time(delays) { _ in try await summary(client) }
        // Five at once, and the rest while the rate grows from 5 to 15.
        #expect(time > .milliseconds(1_500) && time < .milliseconds(3_500), "\(time)")
    }

    @Test func clientsOfOneAccountShareABucket() async throws {
        let delays = Delays()
        let (base, _) = Fixtures.client([.response(200, Self.summary, [:])], delays: delays)
        let provider = StaticCredentialProvider(Fixtures.credentials)
        // IAM has one region, wherever it is called from.
        let clients = [base.using(provider, account: "1"), base.using(provider, account: "1")]
        let time = try await time(delays) {
            try await summary(clients[$0 % 2], region: ["eu-west-1", "us-east-1"][$0 % 2])
        }
        #expect(time > .milliseconds(1_500), "\(time)")
    }

    @Test func othersHaveBucketsOfTheirOwn() async throws {
        let delays = Delays()
        let (base, _) = Fixtures.client([.response(200, Self.summary, [:])], delays: delays)
        let provider = StaticCredentialProvider(Fixtures.credentials)
        let clients = (0..<5).map { base.using(provider, account: String($0)) }
        #expect(try await time(delays) { try await summary(clients[$0 % 5]) } == .zero)
        let (other, _) = Fixtures.client([.response(200, RetryTests.identity, [:])], delays: delays)
        let regions = ["eu-west-1", "eu-central-1", "us-east-1"]
        let time = try await time(delays) {
            _ = try await other.call("sts", "GetCallerIdentity", region: regions[$0 % 3])
        }
        #expect(time == .zero)
    }

    @Test func throttlesCutTheRateForAll() async throws {
        let (client, _) = Fixtures.client([
            .response(400, Self.throttled, [:]), .response(200, RetryTests.identity, [:]),
        ])
        _ = try await client.call("sts", "GetCallerIdentity", region: "eu-west-1")
        let key = RateLimiter.Key(account: "AKIDEXAMPLEAKIDEXAMPLE", region: "eu-west-1", service: "sts")
        #expect(client.limiter.lane(key).rate == 14)
    }

    @Test(arguments: [
        ("1000", 1_000.0), ("0.5", 0.5), ("0", 5), ("-1", 5), ("many", 5), ("nan", 5), ("inf", 5), ("", 5),
    ])
    func aRateCanBeGiven(_ text: String, _ rate: Double) {
        let (client, _) = Fixtures.client([], overrides: ["PARAPET_REQUESTS_PER_SECOND": text])
        let key = RateLimiter.Key(account: "1", region: "us-east-1", service: "iam")
        #expect(client.limiter.lane(key).rate == rate)
    }

    @Test(arguments: [("1", 1), ("5", 5), ("0", 3), ("x", 3), ("", 3), ("1000", 3)])
    func attemptsCanBeGiven(_ text: String, _ count: Int) {
        let configuration = AWSClient.Configuration(environment: ["AWS_MAX_ATTEMPTS": text])
        #expect(configuration.retries.maximumAttempts == count)
    }

    /// A service in trouble is no reason to send it more.
    @Test(arguments: [(403, 5.5), (404, 5.5), (500, 5.0), (503, 5.0)])
    func onlyAnswersRaiseTheRate(_ status: Int, _ rate: Double) async {
        let delays = Delays()
        let transport = ScriptedTransport([.response(status, RetryTests.problem("Some"), [:])])
        var configuration = AWSClient.Configuration(environment: ["AWS_MAX_ATTEMPTS": "1"])
        configuration.clock = delays.clock
        let client = AWSClient(
            transport: transport, models: Fixtures.models, credentials: StaticCredentialProvider(Fixtures.credentials),
            configuration: configuration
        ).using(StaticCredentialProvider(Fixtures.credentials), account: "1")
        // From the third on the bucket is more than half empty.
        for _ in 0..<3 { await #expect(throws: AWSError.self) { try await summary(client) } }
        let key = RateLimiter.Key(account: "1", region: "us-east-1", service: "iam")
        #expect(client.limiter.lane(key).rate == rate)
    }

    @Test func waitingForATurnIsNoTimeOfTheCall() async throws {
        let delays = Delays()
        var configuration = AWSClient.Configuration()
        configuration.clock = delays.clock
        configuration.rateLimits = ["sts": RateLimits(start: 0.01, ceiling: 0.01, floor: 0.01)]
        let client = AWSClient(
            transport: ScriptedTransport([.response(200, RetryTests.identity, [:])]), models: Fixtures.models,
            credentials: StaticCredentialProvider(Fixtures.credentials), configuration: configuration)
        for _ in 0..<2 { _ = try await client.call("sts", "GetCallerIdentity", region: "eu-west-1") }
        #expect(delays.now > .seconds(99))
    }
}
