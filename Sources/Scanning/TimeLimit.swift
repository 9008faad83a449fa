/// How long something may take, as people write it: `90s`, `60m`, `2h`.
public struct TimeLimit: Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public let duration: Duration

    private static let mostSeconds: Int64 = 7 * 86_400

    /// Nil where it is not a number from 1 with a unit, or more than seven days.
    public init?(_ text: String) {
        let factors: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = text.last, let factor = factors[unit] else { return nil }
        let digits = text.dropLast()
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int64(digits), number > 0, number <= Self.mostSeconds / factor
        else { return nil }
        description = text
        duration = .seconds(number * factor)
    }
}
