internal import AWSModels
internal import Synchronization

/// What all calls of a client may spend on retries, so that a service in trouble is not flooded.
public final class RetryQuota: Sendable {
    public static let capacity = 500
    private let left = Mutex(RetryQuota.capacity)

    public init() {}

    static func cost(_ kind: RetryPolicy.Kind) -> Int { kind == .throttling ? 5 : 14 }

    /// What is left.
    public var available: Int { left.withLock { $0 } }

    /// Takes `cost`; false where not that much is left.
    func take(_ cost: Int) -> Bool {
        left.withLock { left in
            guard left >= cost else { return false }
            left -= cost
            return true
        }
    }

    /// A success gives back what its last retry cost; a success at once gives back one.
    func giveBack(_ cost: Int?) {
        left.withLock { $0 = min($0 + (cost ?? 1), Self.capacity) }
    }
}
