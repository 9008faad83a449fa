import Documents
import HTTP
import Synchronization
import Testing

@testable import AWS

struct DeadlineTests {
    /// Each answer takes its time; one that would take longer than allowed is a time-out.
    private final class SlowTransport: HTTPTransport {
        private let delays: Delays
        private let lasts: Duration
        private let status: Int
        let timeouts = Mutex<[Duration]>([])

        init(_ delays: Delays, lasts: Duration, status: Int) {
            self.delays = delays
            self.lasts = lasts
            self.status = status
        }

        func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse {
            self.timeouts.withLock { $0.append(timeouts.total) }
            delays.advance(min(lasts, timeouts.total))
            if lasts > timeouts.total { throw HTTPError(.timeout, "too slow") }
            return HTTPResponse(status: status, body: Array(RetryTests.identity.utf8))
        }
    }

    private func client(_ delays: Delays, _ transport: any HTTPTransport, attempts: Int = 3) -> AWSClient {
        var configuration = AWSClient.Configuration()
        configuration.retries.maximumAttempts = attempts
        configuration.clock = delays.clock
        configuration.random = { 1 }
        return AWSClient(
            transport: transport, models: Fixtures.models, credentials: StaticCredentialProvider(Fixtures.credentials),
            configuration: configuration)
    }

    private func code(_ client: AWSClient) async -> AWSError.Code? {
        do throws(AWSError) {
            _ = try await client.call("sts", "GetCallerIdentity", region: "eu-west-1")
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aCallHasAMinuteForAllItsAttempts() async {
        let delays = Delays()
        let transport = SlowTransport(delays, lasts: .seconds(25), status: 503)
        #expect(await code(client(delays, transport)) == .callDeadline)
        #expect(
            transport.timeouts.withLock { $0 } == [.seconds(60), .milliseconds(34_950), .milliseconds(9_850)])
        #expect(delays.now == .seconds(60))
    }

    @Test func aTimeOutThatLeavesTimeIsOne() async {
        let delays = Delays()
        var configuration = AWSClient.Configuration()
        configuration.clock = delays.clock
        configuration.timeouts.total = .seconds(5)
        let client = AWSClient(
            transport: SlowTransport(delays, lasts: .seconds(25), status: 200), models: Fixtures.models,
            credentials: StaticCredentialProvider(Fixtures.credentials), configuration: configuration)
        #expect(await code(client) == .requestTimeout)
    }

    @Test func noPauseGoesBeyondTheDeadline() async {
        let delays = Delays()
        let transport = SlowTransport(delays, lasts: .milliseconds(59_980), status: 503)
        #expect(await code(client(delays, transport)) == "503")
        #expect(transport.timeouts.withLock { $0.count } == 1)
    }

    @Test func afterATenantsTimeEveryCallFails() async {
        let delays = Delays()
        let transport = SlowTransport(delays, lasts: .seconds(4), status: 200)
        let base = client(delays, transport)
        let tenant = base.using(StaticCredentialProvider(Fixtures.credentials), endingAfter: .seconds(10))
        #expect(await code(tenant) == nil)
        #expect(await code(tenant) == nil)
        // Two seconds are left: the third is cut off, and no other is made.
        for _ in 0..<3 { #expect(await code(tenant) == .tenantDeadline) }
        #expect(transport.timeouts.withLock { $0 } == [.seconds(10), .seconds(6), .seconds(2)])
        #expect(await code(base) == nil)
    }

    @Test func aTenantsTimeEndsTheLastAttemptToo() async {
        let delays = Delays()
        let tenant = client(delays, SlowTransport(delays, lasts: .seconds(4), status: 200), attempts: 1).using(
            StaticCredentialProvider(Fixtures.credentials), endingAfter: .seconds(3))
        #expect(await code(tenant) == .tenantDeadline)
    }

    @Test func aTenantsTimeEndsPausesToo() async {
        let delays = Delays()
        let transport = SlowTransport(delays, lasts: .milliseconds(10), status: 429)
        let tenant = client(delays, transport).using(
            StaticCredentialProvider(Fixtures.credentials), endingAfter: .milliseconds(500))
        #expect(await code(tenant) == .tenantDeadline)
        #expect(delays.now == .milliseconds(500))
    }
}
