/// An IPv4 or IPv6 address block in CIDR notation; a plain address is a block of one.
struct AddressBlock: Equatable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]
    let prefix: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, let bytes = Self.v4(address) ?? Self.v6(address) else { return nil }
        self.bytes = bytes
        if parts.count == 2 {
            guard let prefix = Int(parts[1]), (0...bytes.count * 8).contains(prefix), parts[1].allSatisfy(\.isNumber)
            else { return nil }
            self.prefix = prefix
        } else {
            prefix = bytes.count * 8
        }
    }

    var isWorld: Bool { prefix == 0 }

    var isPrivate: Bool {
        Self.privateBlocks.contains { $0.contains(self) }
    }

    func contains(_ other: AddressBlock) -> Bool {
        guard bytes.count == other.bytes.count, prefix <= other.prefix else { return false }
        return (0..<prefix).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }

    private static let privateBlocks = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "fc00::/7", "fe80::/10", "::1/128",
    ].compactMap(AddressBlock.init)

    private static func v4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            part.count <= 3 && part.allSatisfy { $0.isASCII && $0.isNumber } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func v6(_ text: Substring) -> [UInt8]? {
        guard text.contains(":") else { return nil }
        var halves: [[UInt8]] = []
        var rest = String(text)
        var compressed = false
        if let gap = rest.indices.first(where: { rest[$0...].hasPrefix("::") }) {
            compressed = true
            let after = String(rest[rest.index(gap, offsetBy: 2)...])
            guard !after.contains("::") else { return nil }
            guard let head = groups(String(rest[..<gap]), isLast: false), let tail = groups(after) else { return nil }
            halves = [head, tail]
            rest = ""
        } else {
            guard let all = groups(rest) else { return nil }
            halves = [all, []]
        }
        let missing = 16 - halves[0].count - halves[1].count
        guard compressed ? missing >= 2 : missing == 0 else { return nil }
        return halves[0] + [UInt8](repeating: 0, count: missing) + halves[1]
    }

    private static func groups(_ text: String, isLast: Bool = true) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, part.contains("."), let last = v4(part) {
                bytes += last
            } else {
                guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit), let value = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
            }
        }
        return bytes
    }
}
