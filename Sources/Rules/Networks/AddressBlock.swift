/// An IPv4 or IPv6 address block in CIDR notation; a plain address is a block of one.
///
/// Bits behind the prefix do not count, as they do not in AWS: `10.1.2.3/8` is the block `10.0.0.0/8`. An IPv4-mapped
/// IPv6 address (`::ffff:10.0.0.1`) is an IPv6 address: rules for IPv4 do not apply to it.
public struct AddressBlock: Sendable, Hashable {
    /// The lowest address; an IPv4 address stands in the lower 32 bits.
    let first: UInt128
    private let length: UInt8
    public let isIPv4: Bool

    /// `prefix` must fit the family.
    init(_ address: UInt128, prefix: Int, isIPv4: Bool) {
        first = address & ~Self.hostMask(prefix, isIPv4: isIPv4)
        length = UInt8(prefix)
        self.isIPv4 = isIPv4
    }

    /// The number of leading bits that the addresses of the block have in common.
    public var prefix: Int { Int(length) }

    /// The highest address.
    var last: UInt128 { first | Self.hostMask(prefix, isIPv4: isIPv4) }

    /// All addresses of a family: `0.0.0.0/0` or `::/0`.
    public var isWorld: Bool { length == 0 }

    /// Whether all of it lies in space that networks use among themselves, see `AddressSet.privateSpace`.
    public var isPrivate: Bool { isWithin(.privateSpace) }

    /// Whether the internet routes any address of it, see `AddressSet.publicSpace`. Multicast, documentation and
    /// reserved addresses are neither private nor public.
    public var isPublic: Bool { overlaps(.publicSpace) }

    public func contains(_ other: AddressBlock) -> Bool {
        isIPv4 == other.isIPv4 && first <= other.first && other.last <= last
    }

    public func overlaps(_ other: AddressBlock) -> Bool {
        isIPv4 == other.isIPv4 && first <= other.last && other.first <= last
    }

    /// The operator `within`: whether the blocks of the set, taken together, hold all of it.
    public func isWithin(_ set: AddressSet) -> Bool { set.contains(self) }

    /// The operator `overlaps`.
    public func overlaps(_ set: AddressSet) -> Bool { set.overlaps(self) }

    /// All addresses of both families.
    static let everything = [
        AddressBlock(0, prefix: 0, isIPv4: true), AddressBlock(0, prefix: 0, isIPv4: false),
    ]

    private static func hostMask(_ prefix: Int, isIPv4: Bool) -> UInt128 {
        isIPv4 ? UInt128(UInt32.max) >> prefix : UInt128.max >> prefix
    }
}
