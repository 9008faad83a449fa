internal import CLibgit2

/// The name of a git object: a SHA-1, written as 40 hexadecimal digits.
public struct ObjectID: Hashable, Sendable, CustomStringConvertible {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt32

    /// Nil unless the text is 40 hexadecimal digits.
    public init?(hex: some StringProtocol) { self.init(hex: String(hex)) }

    public init?(hex: String) {
        guard hex.utf8.count == 40 else { return nil }
        var (first, second, third): (UInt64, UInt64, UInt32) = (0, 0, 0)
        for (index, byte) in hex.utf8.enumerated() {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            switch index {
            case ..<16: first = first << 4 | UInt64(digit)
            case ..<32: second = second << 4 | UInt64(digit)
            default: third = third << 4 | UInt32(digit)
            }
        }
        (self.first, self.second, self.third) = (first, second, third)
    }

    init(_ id: git_oid) {
        (first, second, third) = withUnsafeBytes(of: id.id, Self.numbers)
    }

    /// Nil unless there are 20 bytes.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 20 else { return nil }
        (first, second, third) = Array(bytes).withUnsafeBytes(Self.numbers)
    }

    private static func numbers(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt32) {
        (
            UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
            UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        )
    }

    /// The first 10 digits, for people.
    public var short: String { String(description.prefix(10)) }

    /// The form that libgit2 takes.
    var raw: git_oid {
        var id = git_oid()
        withUnsafeMutableBytes(of: &id.id) { bytes in
            bytes.storeBytes(of: first.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
            bytes.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }

    /// The 40 digits, in lower case.
    public var description: String {
        Self.digits(first, 16) + Self.digits(second, 16) + Self.digits(third, 8)
    }

    private static func digits(_ number: some BinaryInteger, _ count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: count - text.count) + text
    }
}
