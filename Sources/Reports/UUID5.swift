internal import Documents

/// Name-based UUIDs (RFC 9562, version 5) in Parapet's own namespace: equal names have equal UUIDs.
enum UUID5 {
    /// 3b4f0a2c-91c7-4d0e-8a53-5d1e6f7a9b20
    private static let namespace: [UInt8] = [
        0x3B, 0x4F, 0x0A, 0x2C, 0x91, 0xC7, 0x4D, 0x0E, 0x8A, 0x53, 0x5D, 0x1E, 0x6F, 0x7A, 0x9B, 0x20,
    ]

    /// Of a name in several parts.
    static func make(_ parts: String...) -> String {
        var bytes = Array(SHA1.digest(namespace + Array(parts.joined(separator: "\u{0}").utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let groups = [bytes[..<4], bytes[4..<6], bytes[6..<8], bytes[8..<10], bytes[10...]]
        return groups.map(SHA256.hex).joined(separator: "-")
    }
}
