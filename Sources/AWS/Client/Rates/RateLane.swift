internal import Synchronization

/// The line of requests that wait for the tokens of one bucket: first come, first served.
///
/// One task at a time sleeps for the whole line. Whoever is cancelled or out of time leaves the line and takes no token.
final class RateLane: Sendable {
    enum Outcome: Sendable {
        case go
        case cancelled
        case late
    }

    private struct Waiter {
        let id: UInt64
        let deadline: Duration?
        let continuation: CheckedContinuation<Outcome, Never>

        func isLate(at now: Duration) -> Bool { deadline.map { $0 <= now } ?? false }
    }

    private struct State {
        var bucket: RateBucket
        var waiting: [Waiter] = []
        var lastID: UInt64 = 0
        var isDraining = false
    }

    private let clock: MonotonicClock
    private let state: Mutex<State>

    init(_ limits: RateLimits, clock: MonotonicClock) {
        self.clock = clock
        state = Mutex(State(bucket: RateBucket(limits, at: clock.now())))
    }

    var rate: Double { state.withLock { $0.bucket.rate } }
    /// How many requests wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func answered() { state.withLock { $0.bucket.answered(at: clock.now()) } }
    func throttled() { state.withLock { $0.bucket.throttled(at: clock.now()) } }

    /// Waits for a token, until `deadline` on the clock at the latest.
    func enter(until deadline: Duration?) async -> Outcome {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { line(up: Waiter(id: id, deadline: deadline, continuation: $0)) }
        } onCancel: {
            leave(id)
        }
    }

    private func line(up waiter: Waiter) {
        var startsDraining = false
        let outcome: Outcome? = state.withLock { state in
            let now = clock.now()
            // Cancelled before it stood in line, where `leave` would not have found it.
            if Task.isCancelled { return .cancelled }
            if waiter.isLate(at: now) { return .late }
            if state.waiting.isEmpty, state.bucket.take(at: now) { return .go }
            state.waiting.append(waiter)
            startsDraining = !state.isDraining
            state.isDraining = true
            return nil
        }
        if let outcome { waiter.continuation.resume(returning: outcome) }
        if startsDraining { Task { await drain() } }
    }

    private func leave(_ id: UInt64) {
        let waiter: Waiter? = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: .cancelled)
    }

    private func drain() async {
        while let wait = admit() { try? await clock.sleep(wait) }
    }

    /// Lets in whoever a token is there for. How long until the next token; nil where nobody waits.
    private func admit() -> Duration? {
        var ready: [(Waiter, Outcome)] = []
        let wait: Duration? = state.withLock { state in
            let now = clock.now()
            ready += state.waiting.filter { $0.isLate(at: now) }.map { ($0, .late) }
            state.waiting.removeAll { $0.isLate(at: now) }
            while let first = state.waiting.first, state.bucket.take(at: now) {
                ready.append((first, .go))
                state.waiting.removeFirst()
            }
            state.isDraining = !state.waiting.isEmpty
            return state.isDraining ? state.bucket.wait(at: now) : nil
        }
        for (waiter, outcome) in ready { waiter.continuation.resume(returning: outcome) }
        return wait
    }
}
