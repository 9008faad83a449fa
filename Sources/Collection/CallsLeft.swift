/// How many calls of a collection are still to come, as far as the lists that were read tell.
public struct CallsLeft: Sendable, Hashable {
    public var calls = 0
    /// Lists are still to be read, whose resources need further calls.
    public var isLeast = false

    public init() {}

    /// - Parameters:
    ///   - planned: the calls of the whole collection.
    ///   - listed: the number of resources, by types whose lists were read.
    ///   - made: how often each operation was called: `s3:ListBuckets`. Pages count, so that it can be more than planned.
    init(planned: [PlannedCall], listed: [String: Int], made: [String: Int]) {
        var expected: [String: Int] = [:]
        for call in planned {
            switch call.basis {
            case .once: expected[call.name, default: 0] += call.regions ?? 1
            case .resource(let type, let batch):
                if let count = listed[type] {
                    expected[call.name, default: 0] += (count + batch - 1) / batch
                } else {
                    isLeast = true
                }
            // What lists within resources hold shows as their calls are made.
            case .element(let type, _): if listed[type] == nil { isLeast = true }
            case .item: break
            }
        }
        calls = expected.reduce(0) { $0 + max(0, $1.value - (made[$1.key] ?? 0)) }
    }

    public static func += (left: inout CallsLeft, right: CallsLeft) {
        left.calls += right.calls
        left.isLeast = left.isLeast || right.isLeast
    }
}
