internal import AWS
internal import Synchronization

/// Counters of a collection under way; read from any task.
public final class CollectionProgress: Sendable {
    private struct State {
        var planned: [PlannedCall] = []
        var listed: [String: Int] = [:]
        var resources = 0
        var failures: [String: Int] = [:]
        var isOutOfTime = false
        var off: [String: RegionOff] = [:]
        var missing: Set<MissingService> = []
    }

    private let state = Mutex(State())

    public init() {}

    public var resources: Int { state.withLock { $0.resources } }

    /// How often calls failed, by `service:Operation in region: Code`.
    public var failures: [String: Int] { state.withLock { $0.failures } }

    /// Whether calls were not made, or not to their end, for want of time.
    public var isOutOfTime: Bool { state.withLock { $0.isOutOfTime } }

    /// Regions in which nothing could be read, known at the end.
    public var regionsOff: [String: RegionOff] { state.withLock { $0.off } }

    /// Services that a region does not have, as far as their endpoints tell.
    public var missingServices: Set<MissingService> { state.withLock { $0.missing } }

    public struct MissingService: Sendable, Hashable {
        public var service: String
        public var region: String
        /// `NoEndpoint` or `HostNotFound`.
        public var code: String
    }

    /// What is still to be called, where so many calls were made of each operation.
    public func callsLeft(made: [String: Int]) -> CallsLeft {
        let (planned, listed) = state.withLock { ($0.planned, $0.listed) }
        return CallsLeft(planned: planned, listed: listed, made: made)
    }

    func began(_ planned: [PlannedCall]) { state.withLock { $0.planned = planned } }

    /// So many resources of a type are going to be collected.
    func listed(_ type: String, _ count: Int) { state.withLock { $0.listed[type] = count } }

    func off(_ regions: [String: RegionOff]) { state.withLock { $0.off = regions } }

    func collected() { state.withLock { $0.resources += 1 } }

    func failed(_ error: AWSError) {
        let key = "\(error.service):\(error.operation) in \(error.region): \(error.code)"
        state.withLock { state in
            state.failures[key, default: 0] += 1
            if error.code == .tenantDeadline { state.isOutOfTime = true }
            if error.code == .noEndpoint || error.code == .hostNotFound {
                state.missing.insert(
                    MissingService(service: error.service, region: error.region, code: error.code.rawValue))
            }
        }
    }
}
