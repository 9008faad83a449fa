internal import Documents

/// The frame of a chart: where moments and values stand in it, its lines and its labels. Places are in tenths of a
/// pixel, as integers, so that equal values give equal bytes.
struct TrendPlot {
    static let width = 560
    static let height = 200
    private static let left = 360
    private static let right = 5_480
    /// Where the newest scan stands: what it found holds from there to the right edge.
    private static let last = 5_200
    private static let top = 340
    private static let bottom = 1_720

    /// One for each point.
    let xs: [Int]
    /// The value at the upper edge.
    let highest: Int
    private let moments: [Timestamp]
    private let ticks: [Int]

    /// - Parameter moments: oldest first; at least one.
    init(_ moments: [Timestamp], values: ClosedRange<Int>) {
        let first = moments.first?.seconds ?? 0
        let span = (moments.last?.seconds ?? 0) - first
        var reached = Self.left
        xs = moments.enumerated().map { index, moment in
            let share =
                span > 0
                ? Int((moment.seconds - first) * Int64(Self.last - Self.left) / span)
                : index * (Self.last - Self.left) / max(1, moments.count - 1)
            // Clocks can go back from one scan to the next: charts do not.
            reached = min(max(reached, Self.left + share), Self.last)
            return reached
        }
        self.moments = moments
        let step = Self.step(for: values.upperBound)
        highest = max(step, (values.upperBound + step - 1) / step * step)
        ticks = Array(stride(from: 0, through: highest, by: step))
    }

    /// A round number that goes into a range at most five times.
    private static func step(for most: Int) -> Int {
        var power = 1
        while true {
            for factor in [1, 2, 5] where factor * power * 5 >= most { return factor * power }
            power *= 10
        }
    }

    func y(_ value: Int) -> Int { Self.bottom - value * (Self.bottom - Self.top) / highest }

    /// `12.3`
    static func text(_ tenths: Int) -> String {
        tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: Shapes

    /// A line that holds each value until the next scan.
    func steps(_ values: [Int]) -> String {
        guard let first = values.first else { return "" }
        var path = "M\(Self.text(xs[0])) \(Self.text(y(first)))"
        for index in values.indices.dropFirst() { path += "H\(Self.text(xs[index]))V\(Self.text(y(values[index])))" }
        return path + "H\(Self.text(Self.right))"
    }

    /// What lies between two such lines.
    func area(from lower: [Int], to upper: [Int]) -> String {
        var path = steps(upper)
        for index in lower.indices.reversed() {
            path += "V\(Self.text(y(lower[index])))H\(Self.text(xs[index]))"
        }
        return path + "Z"
    }

    /// Lines and labels of both axes.
    var axes: String {
        var output = ""
        for tick in ticks {
            let y = y(tick)
            output += """
                <path class="chart-grid" d="M\(Self.text(Self.left)) \(Self.text(y))H\(Self.text(Self.right))" \
                fill="none" stroke="#d0d7de" />
                \(label(String(tick), x: Self.left - 60, y: y + 40, anchor: "end"))

                """
        }
        output += dates.map { label($0.text, x: $0.x, y: Self.bottom + 190, anchor: $0.anchor) + "\n" }.joined()
        return output
    }

    /// The first day and the newest one; those between where there is room.
    private var dates: [(text: String, x: Int, anchor: String)] {
        guard let first = moments.first, let last = moments.last else { return [] }
        guard xs[xs.count - 1] > xs[0] else { return [(first.date, Self.left, "start")] }
        let span = last.seconds - first.seconds
        // Within a day or two, hours tell more.
        if span < 3 * 86_400 {
            return [
                (Self.minute(first), Self.left, "start"), (Self.minute(last), Self.right, "end"),
            ]
        }
        let parts = min(4, Int(span / 86_400))
        return (0...parts).map { part in
            let moment = Timestamp(seconds: first.seconds + span * Int64(part) / Int64(parts))
            let x = Self.left + (Self.last - Self.left) * part / parts
            return part == parts
                ? (moment.date, Self.right, "end") : (moment.date, x, part == 0 ? "start" : "middle")
        }
    }

    /// `2026-11-21 06:30`
    private static func minute(_ moment: Timestamp) -> String {
        let text = moment.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    func label(_ text: String, x: Int, y: Int, anchor: String, kind: String = "chart-label") -> String {
        """
        <text class="\(kind)" x="\(Self.text(x))" y="\(Self.text(y))" text-anchor="\(anchor)" \
        fill="#57606a">\(text)</text>
        """
    }
}
