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
