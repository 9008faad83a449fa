internal import Documents

/// Name-based UUIDs (RFC 9562, version 5) in Parapet's own namespace: equal names have equal UUIDs.
enum UUID5 {
    /// 3b4f0a2c-91c7-4d0e-8a53-5d1e6f7a9b20
    private static let namespace: [UInt8] = [
        0x3B, 0x4F, 0x0A, 0x2C, 0x91, 0xC7, 0x4D, 0x0E, 0x8A, 0x53, 0x5D, 0x1E, 0x6F, 0x7A, 0x9B, 0x20,
    ]

    /// Of a name in several parts.
    static func make(_ parts: String...) -> String {
        var name = namespace
        for (index, part) in parts.enumerated() {
            if index > 0 { name.append(0) }
            name.append(contentsOf: part.utf8)
        }
        var bytes = SHA1.digest(name)
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        var digits = SHA256.hex(bytes)
        return digits.withUTF8 { digits in
            String(unsafeUninitializedCapacity: 36) { uuid in
                var end = 0
                for index in 0..<32 {
                    if index == 8 || index == 12 || index == 16 || index == 20 {
                        uuid[end] = UInt8(ascii: "-")
                        end += 1
                    }
                    uuid[end] = digits[index]
                    end += 1
                }
                return end
            }
        }
    }
}
