public import Rules

/// A number from 0 to 100: the share of passed checks, each weighted by its rule's severity.
///
///     score = 100 × Σ weight(passed) / Σ weight(passed, failed, unknown), rounded down; 100 where nothing was checked
///
/// Turning a failure into a pass never lowers it; turning anything into unknown never raises it. Checks that do not
/// apply do not count, and neither do waived failures: nobody passed them.
public struct Score: Sendable, Equatable {
    public private(set) var passed = 0
    public private(set) var total = 0

    public init() {}

    /// As `summary.json` has recorded it.
    public init(passed: Int, total: Int) {
        self.passed = passed
        self.total = total
    }

    public static func weight(of severity: Severity) -> Int {
        switch severity {
        case .critical: 40
        case .high: 20
        case .medium: 8
        case .low: 3
        case .info: 1
        }
    }

    public mutating func add(_ kind: VerdictKind, _ severity: Severity, times: Int = 1) {
        let weight = Self.weight(of: severity) * times
        switch kind {
        case .notApplicable: break
        case .pass:
            passed += weight
            total += weight
        case .fail, .unknown: total += weight
        }
    }

    public var value: Int { total == 0 ? 100 : passed * 100 / total }
}
