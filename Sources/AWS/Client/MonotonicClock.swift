/// Time that only goes forward, and waiting in it: the system's, or one that a test moves.
public struct MonotonicClock: Sendable {
    /// The time since some moment.
    public var now: @Sendable () -> Duration
    /// Throws where the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    public static let system: MonotonicClock = {
        let start = ContinuousClock.now
        return MonotonicClock(now: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
    }()
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
