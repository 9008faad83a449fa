public import Documents
public import Posture
public import Rules

/// How a tenant stood after one scan, as charts show it.
public struct TrendPoint: Sendable {
    public var moment: Timestamp
    /// From 0 to 100.
    public var score: Int
    /// Open findings; a severity that is not there has none.
    public var open: [Severity: Int]

    public init(moment: Timestamp, score: Int, open: [Severity: Int]) {
        self.moment = moment
        self.score = score
        self.open = open
    }

    public init(_ point: History.Point) {
        self.init(moment: point.moment, score: point.score, open: point.open)
    }

    var openCount: Int { open.values.reduce(0, +) }
}

extension [TrendPoint] {
    /// At most so many of them, evenly, with the first and the last one.
    package func thinned(to most: Int) -> [TrendPoint] {
        guard count > most, most > 1 else { return self }
        return (0..<most).map { self[$0 * (count - 1) / (most - 1)] }
    }
}
