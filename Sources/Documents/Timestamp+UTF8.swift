extension Timestamp {
    /// Reads what `init(_:)` reads. The form `2026-01-15T00:00:00Z`, which nearly all values have, is read without a copy.
    public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        if let moment = Self.plain(text) {
            self = moment
        } else {
            self.init(String(decoding: text, as: UTF8.self))
        }
    }

    private static func plain(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard text.count == 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            text[19] == UInt8(ascii: "Z")
        else { return nil }
        func number(_ start: Int, _ count: Int) -> Int? {
            var value = 0
            for index in start..<start + count {
                let digit = text[index] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                value = value * 10 + Int(digit)
            }
            return value
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2)
        else { return nil }
        return Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}
