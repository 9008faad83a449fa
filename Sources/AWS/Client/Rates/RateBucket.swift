/// A token bucket whose rate finds out what the service bears.
///
/// It holds what one second brings. The rate grows with answers as long as the bucket is in use, fast until the first
/// throttle and slowly from then on; a throttle takes 30 % off and empties the bucket, at most once a second, because
/// requests that were under way at the cut say nothing new.
struct RateBucket {
    static let cut = 0.7
    static let quickGrowth = 0.5
    static let slowGrowth = 0.25

    let limits: RateLimits
    private(set) var rate: Double
    private var tokens: Double
    private var refilledAt: Duration
    private var lastCut: Duration?

    init(_ limits: RateLimits, at now: Duration) {
        self.limits = limits
        rate = limits.start
        tokens = max(1, limits.start)
        refilledAt = now
    }

    /// Takes a token; false where there is none.
    mutating func take(at now: Duration) -> Bool {
        refill(now)
        // What rounding leaves out of a token does not count.
        guard tokens > 1 - 1e-6 else { return false }
        tokens = max(0, tokens - 1)
        return true
    }

    /// How long until there is a token.
    mutating func wait(at now: Duration) -> Duration {
        refill(now)
        return max(.milliseconds(1), .seconds(max(0, 1 - tokens) / rate))
    }

    /// The service answered, and did not ask to slow down.
    mutating func answered(at now: Duration) {
        refill(now)
        guard tokens < max(1, rate) / 2 else { return }
        rate = min(limits.ceiling, rate + (lastCut == nil ? Self.quickGrowth : Self.slowGrowth / rate))
    }

    mutating func throttled(at now: Duration) {
        refill(now)
        if let lastCut, now - lastCut < .seconds(1) { return }
        rate = max(limits.floor, rate * Self.cut)
        tokens = 0
        lastCut = now
    }

    private mutating func refill(_ now: Duration) {
        tokens = min(max(1, rate), tokens + max(0, (now - refilledAt).seconds) * rate)
        refilledAt = max(refilledAt, now)
    }
}
