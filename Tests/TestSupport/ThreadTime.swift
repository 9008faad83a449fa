import Glibc

/// Processor time that a thread spends, which nothing else that the machine does can lengthen.
public struct ThreadTime {
    private let start = Self.now

    public init() {}

    /// Since this value was made, on the same thread.
    public var passed: Duration { Self.now - start }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
