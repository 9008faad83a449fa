public import Documents
internal import Glibc

/// Time and waiting: the system's, or what a test says.
public struct GitHubClock: Sendable {
    /// The time of day.
    public var time: @Sendable () -> Timestamp
    /// The time since some moment; it only goes forward.
    public var elapsed: @Sendable () -> Duration
    /// Throws where the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        time: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.time = time
        self.elapsed = elapsed
        self.sleep = sleep
    }

    public static let system: GitHubClock = {
        let start = ContinuousClock.now
        return GitHubClock(
            time: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
            }, elapsed: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
    }()
}
