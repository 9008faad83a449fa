/// A moment in UTC, to the microsecond: what AWS returns and what findings carry.
public struct Timestamp: Sendable, Hashable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    public var seconds: Int64 { Self.floorDivide(microseconds, 1_000_000) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// Midnight of its day.
    public var day: Timestamp { Timestamp(seconds: Self.floorDivide(seconds, 86_400) * 86_400) }

    static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }
}

extension Timestamp: CustomStringConvertible {
    /// Year, month, day, hour, minute, second.
    public var fields: (year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64) {
        let days = Self.floorDivide(seconds, 86_400)
        let second = seconds - days * 86_400
        // Days since 0000-03-01, in eras of 400 years (146,097 days).
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day, second / 3_600, second / 60 % 60, second % 60)
    }

    /// `2026-11-21T06:30:00Z`, with microseconds only where there are any.
    public var description: String {
        let part = fields
        let fraction = microseconds - seconds * 1_000_000
        var text = "\(Self.pad(part.year, 4))-\(Self.pad(part.month, 2))-\(Self.pad(part.day, 2))"
        text += "T\(Self.pad(part.hour, 2)):\(Self.pad(part.minute, 2)):\(Self.pad(part.second, 2))"
        if fraction != 0 {
            var digits = Self.pad(fraction, 6)
            while digits.hasSuffix("0") { digits.removeLast() }
            text += ".\(digits)"
        }
        return text + "Z"
    }

    /// `20261121T063000Z`, as SigV4 writes it.
    public var basic: String {
        let part = fields
        return "\(Self.pad(part.year, 4))\(Self.pad(part.month, 2))\(Self.pad(part.day, 2))"
            + "T\(Self.pad(part.hour, 2))\(Self.pad(part.minute, 2))\(Self.pad(part.second, 2))Z"
    }

    /// `2026-11-21`
    public var date: String { String(description.prefix(10)) }

    /// `Sat, 21 Nov 2026 06:30:00 GMT`
    public var rfc822: String {
        let part = fields
        let weekday = Self.weekdays[Int(((Self.floorDivide(seconds, 86_400) + 4) % 7 + 7) % 7)]
        return "\(weekday), \(Self.pad(part.day, 2)) \(Self.months[Int(part.month) - 1]) \(Self.pad(part.year, 4)) "
            + "\(Self.pad(part.hour, 2)):\(Self.pad(part.minute, 2)):\(Self.pad(part.second, 2)) GMT"
    }

    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
