public import AWS
public import Collection
internal import Synchronization

/// What all tenants of a run have done so far; each is counted by itself. Read from any task.
public final class ScanProgress: Sendable {
    public struct Counts: Sendable, Hashable {
        /// Names of the tenants under way, in the order in which they began.
        public var running: [String] = []
        public var ended = 0
        public var tenants = 0
        /// Tenants that were begun; the others wait for their turn.
        public var begun: Int { running.count + ended }
        public var calls = 0
        public var left = CallsLeft()
        public var resources = 0
        /// Answers that asked to slow down.
        public var throttles = 0

        public init() {}
    }

    private struct Watched: Sendable {
        var tenant: String
        var collection: CollectionProgress
        var calls: CallStatistics
        var isRunning = true
    }

    private let tenants: Int
    private struct State: Sendable {
        var watched: [Watched] = []
        /// Tenants that ended before a call was made in their accounts.
        var endedEarly = 0
    }

    private let state = Mutex(State())

    public init(tenants: Int) { self.tenants = tenants }

    /// Counts a tenant from now on.
    public func begin(_ tenant: String, _ collection: CollectionProgress, _ calls: CallStatistics) {
        state.withLock { $0.watched.append(Watched(tenant: tenant, collection: collection, calls: calls)) }
    }

    /// What the tenant has done stays counted.
    public func end(_ tenant: String) {
        state.withLock { state in
            guard let index = state.watched.firstIndex(where: { $0.tenant == tenant && $0.isRunning }) else {
                state.endedEarly += 1
                return
            }
            state.watched[index].isRunning = false
        }
    }

    public var counts: Counts {
        let state = state.withLock { $0 }
        var counts = Counts()
        counts.tenants = tenants
        counts.ended = state.endedEarly
        for one in state.watched {
            let calls = one.calls.counts
            counts.calls += calls.calls
            counts.throttles += calls.throttles
            counts.resources += one.collection.resources
            if one.isRunning {
                counts.running.append(one.tenant)
                counts.left += one.collection.callsLeft(made: calls.byOperation)
            } else {
                counts.ended += 1
            }
        }
        if counts.begun < tenants { counts.left.isLeast = true }
        return counts
    }
}
