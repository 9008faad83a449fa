/// Kleene's three values.
public enum Truth: UInt8, Sendable {
    case `true`, `false`, unknown

    public init(_ flag: Bool) { self = flag ? .true : .false }

    public static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .true: .false
        case .false: .true
        case .unknown: .unknown
        }
    }

    public static func all(_ values: some Sequence<Truth>) -> Truth {
        var result = Truth.true
        for value in values {
            if value == .false { return .false }
            if value == .unknown { result = .unknown }
        }
        return result
    }

    public static func any(_ values: some Sequence<Truth>) -> Truth {
        var result = Truth.false
        for value in values {
            if value == .true { return .true }
            if value == .unknown { result = .unknown }
        }
        return result
    }
}
