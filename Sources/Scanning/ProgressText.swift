internal import Collection

/// How far a scan is, in words.
extension ScanProgress.Counts {
    /// `scanning prod and 2 more, 3 of 7 done: 1234 calls done, about 560 left, 56/s, 2 throttled, 345 resources`
    public func text(rate: Double) -> String {
        "scanning \(names): \(parts(rate).joined(separator: ", "))"
    }

    /// The same as a bar that fits into so many columns, one of which stays free for the cursor:
    /// `prod [#######-------------] 1234 calls done, about 2468 left, 56/s, 345 resources`
    public func bar(rate: Double, columns: Int) -> String {
        let filled = Int((share * Double(Self.barWidth)).rounded(.down))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled)
        var parts = parts(rate)
        func line() -> String { "\(names) [\(bar)] \(parts.joined(separator: ", "))" }
        while line().unicodeScalars.count >= columns, parts.count > 1 { parts.removeLast() }
        return String(line().unicodeScalars.prefix(max(0, columns - 1)))
    }

    private static let barWidth = 20

    /// The part of the calls that is done; tenants that wait for their turn need as many as the others.
    private var share: Double {
        guard calls + left.calls > 0 else { return 0 }
        let share = Double(calls) / Double(calls + left.calls)
        return begun < tenants ? share * Double(begun) / Double(tenants) : share
    }

    private var names: String {
        var text = running.first ?? ""
        if running.count > 1 { text += " and \(running.count - 1) more" }
        if tenants > 1 { text += ", \(ended) of \(tenants) done" }
        return text
    }

    /// The most important first.
    private func parts(_ rate: Double) -> [String] {
        var parts = ["\(calls) calls done", "\(left.isLeast ? "at least" : "about") \(left.calls) left"]
        parts.append("\(Int(rate.rounded()))/s")
        if throttles > 0 { parts.append("\(throttles) throttled") }
        parts.append("\(resources) resources")
        return parts
    }
}
