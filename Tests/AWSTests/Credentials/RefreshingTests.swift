import Documents
import Synchronization
import Testing

@testable import AWS

struct RefreshingTests {
    /// A clock that stands, and a source of credentials that last an hour.
    final class Bench: Sendable {
        let now = Mutex<Int64>(0)
        let fetches = Mutex(0)
        let fails = Mutex(false)
        let lifetime: Int64

        init(lifetime: Int64 = 3_600) { self.lifetime = lifetime }

        func move(to moment: Int64) { now.withLock { $0 = moment } }

        func provider(delay: Duration = .zero) -> RefreshingCredentialProvider {
            RefreshingCredentialProvider(now: { [self] in Timestamp(seconds: now.withLock { $0 }) }) {
                [self] () async throws(AWSError) -> Credentials in
                let count = fetches.withLock { count in
                    count += 1
                    return count
                }
                try? await Task.sleep(for: delay)
                if fails.withLock({ $0 }) { throw AWSError.unfit("down") }
                return Credentials(
                    accessKeyID: "k\(count)", secretAccessKey: "s",
                    expiry: Timestamp(seconds: now.withLock { $0 } + lifetime))
            }
        }

        /// Waits until the background fetch is over.
        func settle(_ count: Int) async throws {
            for _ in 0..<500 where fetches.withLock({ $0 }) < count { try await Task.sleep(for: .milliseconds(2)) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func fetchesOnceForAllWhoWait() async throws {
        let bench = Bench()
        let provider = bench.provider(delay: .milliseconds(20))
        for (moment, key) in [(Int64(0), "k1"), (3_001, "k2")] {
            bench.move(to: moment)
            let keys = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await provider.credentials().accessKeyID } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(keys == [key])
        }
        #expect(bench.fetches.withLock { $0 } == 2)
    }

    @Test func fetchesInTheBackgroundFromFifteenMinutesBeforeTheEnd() async throws {
        let bench = Bench()
        let provider = bench.provider()
        #expect(try await provider.credentials().accessKeyID == "k1")
        bench.move(to: 2_699)
        #expect(try await provider.credentials().accessKeyID == "k1")
        #expect(bench.fetches.withLock { $0 } == 1)
        bench.move(to: 2_700)
        #expect(try await provider.credentials().accessKeyID == "k1")
        try await bench.settle(2)
        #expect(try await provider.credentials().accessKeyID == "k2")
        #expect(bench.fetches.withLock { $0 } == 2)
    }

    @Test func waitsFromTenMinutesBeforeTheEnd() async throws {
        let bench = Bench()
        let provider = bench.provider()
        _ = try await provider.credentials()
        bench.move(to: 3_000)
        #expect(try await provider.credentials().accessKeyID == "k2")
    }

    @Test func keepsWhatHoldsWhenFetchingFails() async throws {
        let bench = Bench()
        let provider = bench.provider()
        _ = try await provider.credentials()
        bench.fails.withLock { $0 = true }
        bench.move(to: 3_100)
        #expect(try await provider.credentials().accessKeyID == "k1")
        bench.move(to: 3_159)
        #expect(try await provider.credentials().accessKeyID == "k1")
        #expect(bench.fetches.withLock { $0 } == 2, "the next attempt is a minute later")
        bench.move(to: 3_160)
        #expect(try await provider.credentials().accessKeyID == "k1")
        #expect(bench.fetches.withLock { $0 } == 3)
        bench.move(to: 3_600)
        await #expect(throws: AWSError.self) { try await provider.credentials() }
        bench.fails.withLock { $0 = false }
        #expect(try await provider.credentials().accessKeyID == "k5")
    }

    /// Credentials of five minutes are not fetched anew for every call.
    @Test func scalesWithTheLifetime() async throws {
        let bench = Bench(lifetime: 300)
        let provider = bench.provider()
        _ = try await provider.credentials()
        bench.move(to: 149)
        #expect(try await provider.credentials().accessKeyID == "k1")
        #expect(bench.fetches.withLock { $0 } == 1)
        bench.move(to: 200)
        #expect(try await provider.credentials().accessKeyID == "k2")
    }

    @Test func keepsLongTermKeysForGood() async throws {
        let fetches = Mutex(0)
        let provider = RefreshingCredentialProvider(now: { Timestamp(seconds: 0) }) {
            () async throws(AWSError) -> Credentials in
            fetches.withLock { $0 += 1 }
            return Credentials(accessKeyID: "k", secretAccessKey: "s")
        }
        for _ in 0..<3 { _ = try await provider.credentials() }
        #expect(fetches.withLock { $0 } == 1)
    }
}
