import Synchronization

@testable import AWS

/// Time that passes only when a test says so.
final class HeldClock: Sendable {
    private struct State {
        var now = Duration.zero
        var sleepers: [(until: Duration, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// How many sleep.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Time passes, and nobody wakes up yet.
    func pass(_ time: Duration) { state.withLock { $0.now += time } }

    func advance(_ time: Duration) {
        let ready = state.withLock { state in
            state.now += time
            let ready = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return ready
        }
        for sleeper in ready { sleeper.continuation.resume() }
    }

    var clock: MonotonicClock {
        MonotonicClock(
            now: { self.state.withLock { $0.now } },
            sleep: { delay in
                await withCheckedContinuation { continuation in
                    self.state.withLock { $0.sleepers.append(($0.now + delay, continuation)) }
                }
            })
    }
}
