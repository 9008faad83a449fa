import Synchronization
import Testing

@testable import AWS

// Other tests hold the threads for long on a busy machine: the limit is against hanging.
@Suite(.timeLimit(.minutes(10)))
struct RateLaneTests {
    private func lane(_ rate: Double, _ clock: MonotonicClock) -> RateLane {
        RateLane(RateLimits(start: rate, ceiling: rate), clock: clock)
    }

    private func reaches(_ condition: @Sendable () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(2)) }
        #expect(condition())
    }

    @Test func letsThroughWhatTheRateAllows() async {
        let delays = Delays()
        let lane = lane(5, delays.clock)
        let passed = await withTaskGroup(of: RateLane.Outcome.self) { group in
            for _ in 0..<105 { group.addTask { await lane.enter(until: nil) } }
            return await group.reduce(0) { $0 + ($1 == .go ? 1 : 0) }
        }
        #expect(passed == 105)
        // Five at once, then one every 200 ms: each waits once, and nobody spins.
        #expect(delays.now > .milliseconds(19_900) && delays.now < .milliseconds(20_200))
        #expect(delays.all.count <= 110)
    }

    private final class Order: Sendable {
        private let numbers = Mutex<[Int]>([])
        var all: [Int] { numbers.withLock { $0 } }
        func add(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test func keepsTheOrder() async throws {
        let clock = HeldClock()
        let lane = lane(1, clock.clock)
        #expect(await lane.enter(until: nil) == .go)
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask {
                    _ = await lane.enter(until: nil)
                    order.add(number)
                }
                try await reaches { lane.waitingCount == number + 1 }
            }
            for number in 0..<5 {
                try await reaches { clock.sleeperCount == 1 }
                clock.advance(.seconds(1))
                try await reaches { order.all.count == number + 1 }
            }
            try await group.waitForAll()
        }
        #expect(order.all == [0, 1, 2, 3, 4])
    }

    @Test func nobodyOvertakes() async throws {
        let clock = HeldClock()
        let lane = lane(1, clock.clock)
        #expect(await lane.enter(until: nil) == .go)
        let first = Task { await lane.enter(until: nil) }
        try await reaches { lane.waitingCount == 1 && clock.sleeperCount == 1 }
        // There is a token now, for whom nobody has been woken yet.
        clock.pass(.seconds(1))
        let second = Task { await lane.enter(until: nil) }
        try await reaches { lane.waitingCount == 2 }
        clock.advance(.zero)
        #expect(await first.value == .go)
        try await reaches { clock.sleeperCount == 1 }
        clock.advance(.seconds(1))
        #expect(await second.value == .go)
    }

    @Test func whoeverIsCancelledLeavesAndTakesNoToken() async throws {
        let clock = HeldClock()
        let lane = lane(1, clock.clock)
        #expect(await lane.enter(until: nil) == .go)
        let cancelled = Task { await lane.enter(until: nil) }
        try await reaches { lane.waitingCount == 1 }
        let patient = Task { await lane.enter(until: nil) }
        try await reaches { lane.waitingCount == 2 && clock.sleeperCount == 1 }
        cancelled.cancel()
        #expect(await cancelled.value == .cancelled)
        #expect(lane.waitingCount == 1)
        clock.advance(.seconds(1))
        #expect(await patient.value == .go)
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await lane.enter(until: nil)
        }
        #expect(await early.value == .cancelled)
    }

    @Test func nobodyWaitsLongerThanToTheDeadline() async throws {
        let clock = HeldClock()
        let lane = lane(0.1, clock.clock)
        #expect(await lane.enter(until: nil) == .go)
        let late = Task { await lane.enter(until: .seconds(3)) }
        let patient = Task { await lane.enter(until: nil) }
        try await reaches { lane.waitingCount == 2 && clock.sleeperCount == 1 }
        clock.advance(.seconds(10))
        #expect(await late.value == .late)
        #expect(await patient.value == .go)
        #expect(await lane.enter(until: .seconds(10)) == .late)
    }

    @Test func aThrottleSlowsDownThoseWhoWait() async throws {
        let clock = HeldClock()
        let lane = RateLane(RateLimits(start: 1, ceiling: 1, floor: 0.1), clock: clock.clock)
        #expect(await lane.enter(until: nil) == .go)
        let waiting = Task { await lane.enter(until: nil) }
        try await reaches { clock.sleeperCount == 1 }
        clock.advance(.milliseconds(999))
        lane.throttled()
        clock.advance(.milliseconds(1))
        // It wakes up, finds nothing and sleeps again.
        try await reaches { clock.sleeperCount == 1 }
        #expect(lane.waitingCount == 1)
        clock.advance(.seconds(2))
        #expect(await waiting.value == .go)
    }
}
