internal import Synchronization

/// Counts what a client does.
public final class CallStatistics: Sendable {
    public struct Counts: Sendable, Hashable {
        /// Calls that were made, each counted once.
        public var calls = 0
        /// Further attempts.
        public var retries = 0
        /// Answers that asked to slow down.
        public var throttles = 0
        /// Calls that ended in an error.
        public var failures = 0
        /// Calls by service and operation: `s3:ListBuckets`.
        public var byOperation: [String: Int] = [:]
    }

    private let state = Mutex(Counts())

    public init() {}

    public var counts: Counts { state.withLock { $0 } }

    func countCall(_ service: String, _ operation: String) {
        state.withLock { counts in
            counts.calls += 1
            counts.byOperation["\(service):\(operation)", default: 0] += 1
        }
    }

    func countRetry() { state.withLock { $0.retries += 1 } }
    func countThrottle() { state.withLock { $0.throttles += 1 } }
    func countFailure() { state.withLock { $0.failures += 1 } }
}
