extension Timestamp {
    /// Reads the forms in which AWS sends a moment: ISO 8601 (extended or basic, with a zone), a date, RFC 822, and
    /// seconds since 1970. Nil for anything else.
    public init?(_ text: some StringProtocol) {
        let trimmed = text.drop { $0 == " " }
        if let moment = Self.iso(trimmed) ?? Self.rfc822(trimmed) {
            self = moment
        } else if trimmed.utf8.allSatisfy(Self.isDecimal), let seconds = Double(trimmed),
            let moment = Timestamp(epochSeconds: seconds)
        {
            self = moment
        } else {
            return nil
        }
    }

    /// Seconds since 1970, fractions included. Nil beyond the years 0 to 9999.
    public init?(epochSeconds: Double) {
        guard epochSeconds.isFinite, epochSeconds > -62_167_219_200, epochSeconds < 253_402_300_800 else { return nil }
        self.init(microseconds: Int64((epochSeconds * 1_000_000).rounded()))
    }

    /// Nil for a date that no calendar has.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0)
    {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        self.init(microseconds: seconds * 1_000_000 + Int64(microsecond))
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `Double` reads hexadecimal numbers and words too.
    private static func isDecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private static func iso(_ text: some StringProtocol) -> Timestamp? {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4) else { return nil }
        let extended = scanner.skip("-")
        guard let month = scanner.number(2), !extended || scanner.skip("-"), let day = scanner.number(2) else {
            return nil
        }
        if scanner.isAtEnd { return extended ? Timestamp(year: year, month: month, day: day) : nil }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") else { return nil }
        guard let hour = scanner.number(2) else { return nil }
        let colons = scanner.skip(":")
        guard let minute = scanner.number(2), !colons || scanner.skip(":"), let second = scanner.number(2) else {
            return nil
        }
        var microsecond = 0
        if scanner.skip(".") {
            guard let fraction = scanner.fraction() else { return nil }
            microsecond = fraction
        }
        _ = scanner.skip(" ")
        guard let offset = scanner.zoneOffset(), scanner.isAtEnd else { return nil }
        guard
            var moment = Timestamp(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond
            )
        else { return nil }
        moment.microseconds -= Int64(offset) * 1_000_000
        return (0...9999).contains(moment.fields.year) ? moment : nil
    }

    private static func rfc822(_ text: some StringProtocol) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT" || parts[5] == "UTC",
            let day = digits(parts[1], 1...2), let month = months.firstIndex(of: String(parts[2])),
            let year = digits(parts[3], 4...4)
        else { return nil }
        var scanner = DigitScanner(parts[4])
        guard let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2), scanner.skip(":"),
            let second = scanner.number(2)
        else { return nil }
        var microsecond = 0
        if scanner.skip(".") {
            guard let fraction = scanner.fraction() else { return nil }
            microsecond = fraction
        }
        guard scanner.isAtEnd else { return nil }
        return Timestamp(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond
        )
    }

    private static func digits(_ text: some StringProtocol, _ width: ClosedRange<Int>) -> Int? {
        var scanner = DigitScanner(text)
        guard width.contains(text.utf8.count), let number = scanner.number(text.utf8.count) else { return nil }
        return number
    }
}

/// Reads fixed-width numbers and separators from the front of a text.
private struct DigitScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: some StringProtocol) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard rest.count >= width else { return nil }
        var value = 0
        for byte in rest.prefix(width) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        rest.removeFirst(width)
        return value
    }

    /// Digits after the point, as microseconds; digits past the sixth are dropped.
    mutating func fraction() -> Int? {
        var value = 0
        var digits = 0
        while let digit = number(1) {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 6 - digits) { value *= 10 }
        return value
    }

    /// Seconds east of Greenwich. No zone counts as UTC, as AWS means it.
    mutating func zoneOffset() -> Int? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        if skip("U"), skip("T"), skip("C") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2) else { return nil }
        _ = skip(":")
        guard let minutes = number(2), hours <= 23, minutes <= 59 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
