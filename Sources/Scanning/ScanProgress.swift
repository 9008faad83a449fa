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
        public var calls = 0
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
    private let state = Mutex<[Watched]>([])

    public init(tenants: Int) { self.tenants = tenants }

    /// Counts a tenant from now on.
    public func begin(_ tenant: String, _ collection: CollectionProgress, _ calls: CallStatistics) {
        state.withLock { $0.append(Watched(tenant: tenant, collection: collection, calls: calls)) }
    }

    /// What the tenant has done stays counted.
    public func end(_ tenant: String) {
        state.withLock { watched in
            for index in watched.indices where watched[index].tenant == tenant { watched[index].isRunning = false }
        }
    }

    public var counts: Counts {
        let watched = state.withLock { $0 }
        var counts = Counts()
        counts.tenants = tenants
        for one in watched {
            let calls = one.calls.counts
            counts.calls += calls.calls
            counts.throttles += calls.throttles
            counts.resources += one.collection.resources
            if one.isRunning { counts.running.append(one.tenant) } else { counts.ended += 1 }
        }
        return counts
    }
}

/// Calls in each second, over the last ten.
public struct CallRate: Sendable {
    private var looks: [(seconds: Double, calls: Int)] = []
    private static let window = 10.0

    public init() {}

    /// - Parameter seconds: on a clock that never goes back.
    public mutating func look(_ calls: Int, at seconds: Double) -> Double {
        looks.append((seconds, calls))
        while looks.count > 2, looks[1].seconds <= seconds - Self.window { looks.removeFirst() }
        guard let first = looks.first, seconds > first.seconds else { return 0 }
        return Double(calls - first.calls) / (seconds - first.seconds)
    }
}

extension ScanProgress.Counts {
    /// `scanning prod and 2 more, 3 of 7 done: 1234 calls, 345 resources, 56 calls/s, 2 throttled`
    public func text(rate: Double) -> String {
        var text = "scanning"
        if let first = running.first { text += " \(first)" }
        if running.count > 1 { text += " and \(running.count - 1) more" }
        if tenants > 1 { text += ", \(ended) of \(tenants) done" }
        text += ": \(calls) calls, \(resources) resources, \(Int(rate.rounded())) calls/s"
        return throttles > 0 ? text + ", \(throttles) throttled" : text
    }
}
