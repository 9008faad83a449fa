internal import Documents

/// The protocol of a filter rule, and what AWS writes for it.
enum IPProtocol: Equatable {
    case any
    case number(UInt8)

    static let icmp: UInt8 = 1
    static let tcp: UInt8 = 6
    static let udp: UInt8 = 17
    static let icmpv6: UInt8 = 58

    /// Reads `-1`, a number from 0 to 255, or one of the four names that security groups have. Nil for anything else.
    init?(_ text: String) {
        switch text {
        case "-1": self = .any
        case "tcp": self = .number(Self.tcp)
        case "udp": self = .number(Self.udp)
        case "icmp": self = .number(Self.icmp)
        case "icmpv6": self = .number(Self.icmpv6)
        default:
            guard let number = UInt8(text), String(number).hasSameBytes(as: text) else { return nil }
            self = .number(number)
        }
    }

    var number: UInt8? {
        if case .number(let number) = self { number } else { nil }
    }

    var hasPorts: Bool { self == .number(Self.tcp) || self == .number(Self.udp) }
    var isICMP: Bool { self == .number(Self.icmp) || self == .number(Self.icmpv6) }

    /// The 65,536 ports of a protocol. For protocols without ports there is but all of them.
    static let everyPort: ClosedRange<UInt16> = 0...UInt16.max

    /// Nil where the two are no ports.
    static func ports(from: JSON?, to: JSON?) -> ClosedRange<UInt16>? {
        guard let low = from?.integer.flatMap({ UInt16(exactly: $0) }),
            let high = to?.integer.flatMap({ UInt16(exactly: $0) }), low <= high
        else { return nil }
        return low...high
    }

    /// Types and codes of ICMP, numbered like ports: the type in the upper byte. -1 stands for all of them. Nil where
    /// the two are no type and code.
    static func messages(type: JSON?, code: JSON?) -> ClosedRange<UInt16>? {
        guard let type = type?.integer, let code = code?.integer, (-1...255).contains(type), (-1...255).contains(code)
        else { return nil }
        if type == -1 { return everyPort }
        let first = UInt16(type) << 8
        return code == -1 ? first...(first | 0xFF) : (first | UInt16(code))...(first | UInt16(code))
    }
}
