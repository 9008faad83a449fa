/// A line of bars, one for each value.
enum Spark {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    static func line(_ values: some Sequence<Int>, within range: ClosedRange<Int>) -> String {
        let span = max(1, range.upperBound - range.lowerBound)
        return String(
            values.map { value in
                bars[(min(max(value, range.lowerBound), range.upperBound) - range.lowerBound) * (bars.count - 1) / span]
            })
    }
}
