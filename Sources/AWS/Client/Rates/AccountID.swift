/// The account to which an access key belongs.
enum AccountID {
    /// An access key ID of today holds the number of its account in base 32, from the fifth character on, above its
    /// lowest seven bits of 48. Nil for what is no such ID: older keys, and those of other servers.
    static func ofAccessKey(_ id: String) -> String? {
        let bytes = Array(id.utf8)
        guard bytes.count == 20, ["AKIA", "ASIA"].contains(id.prefix(4)) else { return nil }
        var value: UInt64 = 0
        for byte in bytes[4..<14] {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = value << 5 | UInt64(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "2")...UInt8(ascii: "7"): value = value << 5 | UInt64(byte - UInt8(ascii: "2") + 26)
            default: return nil
            }
        }
        // Ten characters are 50 bits: two belong to the next byte, and the first bit of six bytes says nothing.
        let number = (value >> 2 & 0x7FFF_FFFF_FF80) >> 7
        guard number < 1_000_000_000_000 else { return nil }
        let digits = String(number)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
