extension AddressBlock {
    /// Reads `10.0.0.0/8`, `10.1.2.3`, `2001:db8::/32`, `::1`, `::ffff:10.0.0.1/104`. Nil for anything else: spaces,
    /// signs, zones (`%eth0`), and zeros in front of a prefix or an octet, which some programs would read as octal.
    public init?(_ text: String) {
        self.init(utf8: text.utf8.span)
    }

    public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        self.init(utf8: text.span)
    }

    init?(utf8 text: Span<UInt8>) {
        var end = text.count
        var isIPv4 = true
        for index in text.indices {
            if text[index] == UInt8(ascii: ":") { isIPv4 = false }
            if text[index] == UInt8(ascii: "/") {
                end = index
                break
            }
        }
        let read = isIPv4 ? Self.v4(text, 0, end).map { UInt128($0) } : Self.v6(text, end)
        guard let address = read else { return nil }
        let longest = isIPv4 ? 32 : 128
        if end == text.count {
            self.init(address, prefix: longest, isIPv4: isIPv4)
        } else {
            var position = end + 1
            guard let prefix = Self.decimal(text, &position, text.count), position == text.count, prefix <= longest
            else { return nil }
            self.init(address, prefix: prefix, isIPv4: isIPv4)
        }
    }

    /// A number of one to three digits, without zeros in front.
    private static func decimal(_ text: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        let start = position
        var value = 0
        while position < end, position - start < 3, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10 {
            value = value * 10 + Int(digit)
            position += 1
        }
        guard position > start, position - start == 1 || text[start] != UInt8(ascii: "0") else { return nil }
        return value
    }

    /// Four octets that fill the text from `start` to `end`.
    private static func v4(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
        var position = start
        var address: UInt32 = 0
        for octet in 0..<4 {
            if octet > 0 {
                guard position < end, text[position] == UInt8(ascii: ".") else { return nil }
                position += 1
            }
            guard let value = decimal(text, &position, end), value < 256 else { return nil }
            address = address << 8 | UInt32(value)
        }
        return position == end ? address : nil
    }

    /// Eight groups of up to four hexadecimal digits; `::` stands for one or more that are zero, and the last two may
    /// be written as an IPv4 address.
    private static func v6(_ text: Span<UInt8>, _ end: Int) -> UInt128? {
        let colon = UInt8(ascii: ":")
        var position = 0
        /// The groups so far, and how many stood in front of `::`.
        var address: UInt128 = 0
        var count = 0
        var gap: Int?
        func isGap(_ place: Int) -> Bool { place + 1 < end && text[place] == colon && text[place + 1] == colon }

        if isGap(0) {
            gap = 0
            position = 2
        }
        while position < end {
            let start = position
            var group: UInt128 = 0
            while position < end, position - start < 4, let digit = hexDigit(text[position]) {
                group = group << 4 | UInt128(digit)
                position += 1
            }
            guard position > start else { return nil }
            if position < end, text[position] == UInt8(ascii: ".") {
                guard let last = v4(text, start, end) else { return nil }
                address = address << 32 | UInt128(last)
                count += 2
                break
            }
            address = address << 16 | group
            count += 1
            guard count <= 8 else { return nil }
            if position == end { break }
            if isGap(position) {
                guard gap == nil else { return nil }
                gap = count
                position += 2
            } else {
                guard text[position] == colon, position + 1 < end else { return nil }
                position += 1
            }
        }
        guard let gap else { return count == 8 ? address : nil }
        guard count < 8 else { return nil }
        let behind = 16 * (count - gap)
        let tail = address & ~(UInt128.max << behind)
        return (address >> behind) << (16 * (8 - gap)) | tail
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
