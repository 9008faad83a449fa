public import Documents
public import Rules

/// A tenant's scans one after the other.
public struct History: Sendable {
    /// Oldest first.
    public private(set) var points: [Point] = []
    /// Findings that were fixed, oldest first.
    public private(set) var fixes: [Fix] = []

    /// A scan whose results differ from those before.
    public struct Point: Sendable {
        public var moment: Timestamp
        public var commit: String
        public var score: Int
        public var open: [Severity: Int]
        public var waived: Int
        public var unknown: Int
        /// Since the point before; the first one opens nothing, for nobody knows since when its findings are there.
        public var opened: Int
        public var resolved: Int
    }

    /// A finding that a scan no longer found, and that it could judge.
    public struct Fix: Sendable {
        public var severity: Severity
        public var moment: Timestamp
        /// From when it was first seen.
        public var seconds: Int64
    }

    /// The scans of one tenant, oldest first: the order of their commits, for two can be of one second.
    public init(_ postures: [RecordedPosture]) {
        var before: RecordedPosture?
        // Open findings that cannot be judged any more, until they can.
        var pending: [String: RecordedPosture.Line] = [:]
        for posture in postures {
            var opened = 0
            var fixed: [RecordedPosture.Line] = []
            if let before {
                let difference = PostureDifference(from: before, to: posture)
                opened = difference.opened.count
                fixed = difference.resolved
                for line in difference.undecided { pending[line.id] = line }
            }
            for (id, line) in pending where !posture.undecided.contains(id) {
                pending[id] = nil
                if !posture.has(id), posture.rules.contains(line.rule) { fixed.append(line) }
            }
            for line in fixed.sorted(by: { $0.id < $1.id }) {
                fixes.append(
                    Fix(
                        severity: line.severity, moment: posture.moment,
                        seconds: max(0, posture.moment.seconds - line.firstSeen.seconds)))
            }
            points.append(
                Point(
                    moment: posture.moment, commit: posture.commit, score: posture.score,
                    open: Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0, posture.count($0)) }),
                    waived: posture.findings.count(where: \.isWaived), unknown: posture.unknown, opened: opened,
                    resolved: fixed.count))
            before = posture
        }
    }

    /// Half of the findings of a severity were fixed within so many days; nil where none was.
    public func medianDaysToFix(_ severity: Severity) -> Double? {
        let seconds = fixes.filter { $0.severity == severity }.map(\.seconds).sorted()
        guard !seconds.isEmpty else { return nil }
        let middle = seconds.count / 2
        let median =
            seconds.count % 2 == 1 ? Double(seconds[middle]) : Double(seconds[middle - 1] + seconds[middle]) / 2
        return median / 86_400
    }

    /// What came of one month.
    public struct Month: Sendable {
        /// `2026-11`
        public var name: String
        /// At its end, or now.
        public var score: Int
        public var open: Int
        public var opened: Int
        public var resolved: Int
    }

    /// The months in which scans changed something, oldest first.
    public var months: [Month] {
        var months: [Month] = []
        for point in points {
            let name = String(point.moment.date.prefix(7))
            var month = Month(name: name, score: 0, open: 0, opened: 0, resolved: 0)
            if let last = months.last, last.name == name { month = months.removeLast() }
            month.score = point.score
            month.open = point.open.values.reduce(0, +)
            month.opened += point.opened
            month.resolved += point.resolved
            months.append(month)
        }
        return months
    }
}
