internal import Documents

/// What many rules say of many resources.
public struct BulkResults: Sendable {
    /// The verdicts of one rule, counted.
    public struct Counts: Sendable, Equatable {
        public var pass = 0
        public var fail = 0
        public var notApplicable = 0
        public var unknown = 0

        mutating func add(_ kind: VerdictKind) {
            switch kind {
            case .pass: pass += 1
            case .fail: fail += 1
            case .notApplicable: notApplicable += 1
            case .unknown: unknown += 1
            }
        }

        mutating func add(_ other: Counts) {
            pass += other.pass
            fail += other.fail
            notApplicable += other.notApplicable
            unknown += other.unknown
        }
    }

    /// The rules' ids, in the order in which they were given.
    public let rules: [String]
    public private(set) var counts: [Counts]
    /// Sorted by rule, type, id, region and account; empty where they were not asked for.
    public private(set) var verdicts: [Verdict] = []
    public private(set) var resources = 0

    init(_ rules: [String]) {
        self.rules = rules
        counts = Array(repeating: Counts(), count: rules.count)
    }

    mutating func add(_ kind: VerdictKind, rule: Int) { counts[rule].add(kind) }

    mutating func add(_ verdict: Verdict, rule: Int) {
        counts[rule].add(verdict.kind)
        verdicts.append(verdict)
    }

    mutating func countResource() { resources += 1 }

    mutating func add(_ other: BulkResults) {
        for index in counts.indices { counts[index].add(other.counts[index]) }
        verdicts += other.verdicts
        resources += other.resources
    }

    mutating func finish() {
        verdicts.sort { left, right in
            if left.rule != right.rule { return left.rule.precedesByBytes(right.rule) }
            for (a, b) in [
                (left.type, right.type), (left.id, right.id), (left.region, right.region),
                (left.account, right.account),
            ] where !a.hasSameBytes(as: b) {
                return a.precedesByBytes(b)
            }
            return false
        }
    }
}
