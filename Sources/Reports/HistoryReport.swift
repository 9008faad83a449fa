public import Documents
public import Posture
internal import Rules

/// What `parapet history` prints of one tenant.
public struct HistoryReport: Sendable {
    private let tenant: String
    private let history: History

    public init(_ tenant: String, _ history: History) {
        self.tenant = tenant
        self.history = history
    }

    // MARK: JSON

    public var json: JSON {
        [
            "tenant": .string(tenant),
            "scans": .array(
                history.points.map { point in
                    [
                        "time": .string(point.moment.description), "commit": .string(point.commit),
                        "score": .integer(Int64(point.score)),
                        "open": .object(
                            JSONObject(
                                Severity.allCases.map { ($0.rawValue, .integer(Int64(point.open[$0] ?? 0))) })),
                        "waived": .integer(Int64(point.waived)), "unknown": .integer(Int64(point.unknown)),
                        "opened": .integer(Int64(point.opened)), "resolved": .integer(Int64(point.resolved)),
                    ]
                }),
            "months": .array(
                history.months.map { month in
                    [
                        "month": .string(month.name), "score": .integer(Int64(month.score)),
                        "open": .integer(Int64(month.open)), "opened": .integer(Int64(month.opened)),
                        "resolved": .integer(Int64(month.resolved)),
                    ]
                }),
            "median_days_to_fix": .object(
                JSONObject(
                    Severity.allCases.map { severity in
                        (
                            severity.rawValue,
                            history.medianDaysToFix(severity).map { .number(Self.rounded($0)) } ?? .null
                        )
                    })),
        ]
    }

    private static func rounded(_ days: Double) -> Double { (days * 10).rounded() / 10 }

    // MARK: Text

    /// - Parameter most: how many scans are shown; the newest.
    public func text(_ style: TextStyle, most: Int = 20) -> String {
        guard let last = history.points.last else { return "\(tenant): no scans" }
        var lines = [
            style.paint(tenant, .strong) + ": score \(last.score), "
                + "\(last.open.values.reduce(0, +)) open, \(last.unknown) unknown on \(last.moment.date)"
        ]
        if history.points.count > 1 {
            lines.append("score  " + Spark.line(history.points.suffix(60).map(\.score), within: 0...100))
            let open = history.points.map { $0.open.values.reduce(0, +) }
            lines.append("open   " + Spark.line(open.suffix(60), within: 0...max(1, open.max() ?? 1)))
        }
        let shown = history.points.suffix(most)
        lines.append("")
        lines += Self.table(
            ["scan", "commit", "score"] + Severity.allCases.map(\.rawValue)
                + ["waived", "unknown", "opened", "resolved"],
            shown.map { point in
                [String(point.moment.description.prefix(16)), String(point.commit.prefix(10)), String(point.score)]
                    + Severity.allCases.map { String(point.open[$0] ?? 0) }
                    + [point.waived, point.unknown, point.opened, point.resolved].map(String.init)
            })
        if shown.count < history.points.count { lines.append("... and \(history.points.count - shown.count) before") }
        lines.append("")
        lines += Self.table(
            ["month", "score", "open", "opened", "resolved"],
            history.months.suffix(12).map { month in
                [month.name] + [month.score, month.open, month.opened, month.resolved].map(String.init)
            })
        let medians = Severity.allCases.compactMap { severity in
            history.medianDaysToFix(severity).map { "\(severity.rawValue) \(Self.rounded($0))" }
        }
        lines.append("")
        lines.append(
            "median days to fix: " + (medians.isEmpty ? "nothing was fixed yet" : medians.joined(separator: ", ")))
        return lines.joined(separator: "\n")
    }

    /// The first column to the left, the others to the right.
    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 && header.count > 5 || column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }
    }
}
