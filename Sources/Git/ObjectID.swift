internal import CLibgit2

/// The name of a git object: a SHA-1, written as 40 hexadecimal digits.
public struct ObjectID: Hashable, Sendable, CustomStringConvertible {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt32

    /// Nil unless the text is 40 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard hex.utf8.count == 40 else { return nil }
        var bytes: [UInt8] = []
        for byte in hex.utf8 {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            bytes.append(UInt8(digit))
        }
        func number<Number: FixedWidthInteger>(_ range: Range<Int>) -> Number {
            bytes[range].reduce(0) { $0 << 4 | Number($1) }
        }
        first = number(0..<16)
        second = number(16..<32)
        third = number(32..<40)
    }

    init(_ id: git_oid) {
        (first, second, third) = withUnsafeBytes(of: id.id) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
            )
        }
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
