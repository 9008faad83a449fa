internal import Synchronization

/// The buckets of all clients that share it: one an account, region and service.
final class RateLimiter: Sendable {
    struct Key: Hashable, Sendable {
        let account: String
        let region: String
        /// The name for which the service signs.
        let service: String
    }

    private let limits: [String: RateLimits]
    private let standard: RateLimits
    private let clock: MonotonicClock
    private let lanes = Mutex<[Key: RateLane]>([:])

    /// `limits` by the name for which a service signs.
    init(limits: [String: RateLimits], standard: RateLimits, clock: MonotonicClock) {
        self.limits = limits
        self.standard = standard
        self.clock = clock
    }

    func lane(_ key: Key) -> RateLane {
        lanes.withLock { lanes in
            if let lane = lanes[key] { return lane }
            let lane = RateLane(limits[key.service] ?? standard, clock: clock)
            lanes[key] = lane
            return lane
        }
    }
}
