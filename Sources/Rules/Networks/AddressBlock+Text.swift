extension AddressBlock: CustomStringConvertible {
    /// In CIDR notation, IPv6 as RFC 5952 writes it; a single address stands without its prefix.
    public var description: String {
        let address = isIPv4 ? Self.v4(first) : Self.v6(first)
        return first == last ? address : "\(address)/\(prefix)"
    }

    private static func v4(_ address: UInt128) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 0xFF) }.joined(separator: ".")
    }

    private static func v6(_ address: UInt128) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> (112 - 16 * $0)) }
        // The longest run of two or more zeros, the first of equals.
        var gap = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start >= 2, index - start > gap.count { gap = start..<index }
            start = index + 1
        }
        let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        return gap.isEmpty
            ? text(groups[...]) : "\(text(groups[..<gap.lowerBound]))::\(text(groups[gap.upperBound...]))"
    }
}
