internal import Documents

/// Name-based UUIDs (RFC 9562, version 5) in Parapet's own namespace: equal names have equal UUIDs.
enum UUID5 {
    /// 3b4f0a2c-91c7-4d0e-8a53-5d1e6f7a9b20
    private static let namespace: [UInt8] = [
        0x3B, 0x4F, 0x0A, 0x2C, 0x91, 0xC7, 0x4D, 0x0E, 0x8A, 0x53, 0x5D, 0x1E, 0x6F, 0x7A, 0x9B, 0x20,
    ]

    /// Of a name in several parts.
    static func make(_ parts: String...) -> String {
        var digits = Array(SHA1.hexDigest(namespace + Array(parts.joined(separator: "\u{0}").utf8)).utf8.prefix(32))
        digits[12] = UInt8(ascii: "5")
        // The variant: 8, 9, a or b.
        let value =
            digits[16] >= UInt8(ascii: "a") ? digits[16] - UInt8(ascii: "a") + 10 : digits[16] - UInt8(ascii: "0")
        digits[16] = Array("89ab".utf8)[Int(value & 3)]
        let text = String(decoding: digits, as: UTF8.self)
        var groups: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }
}
