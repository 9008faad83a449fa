/// How bad a failure is, worst first.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    case critical, high, medium, low, info

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// 4 for critical down to 0 for info.
    public var rank: Int {
        switch self {
        case .critical: 4
        case .high: 3
        case .medium: 2
        case .low: 1
        case .info: 0
        }
    }
}
