internal import Documents
public import Rules

/// Charts of a tenant's scans as SVG. Pure functions: equal points give equal bytes.
///
/// Colours are attributes for light backgrounds; a stylesheet may change them by class. The file brings its own, for dark
/// backgrounds too.
public enum TrendChartSVG {
    public enum Place: Sendable {
        /// A file by itself, which anything shows as an image.
        case file
        /// Within a page, whose stylesheet knows the classes: without styles of its own, for policies that allow none.
        case page
    }

    /// More points than these are thinned.
    public static let most = 120

    /// The score from scan to scan.
    ///
    /// - Parameter points: oldest first.
    public static func score(_ points: [TrendPoint], title: String, in place: Place) -> String {
        guard let first = points.first, let last = points.last else { return empty(title, place) }
        let scores = points.map(\.score)
        let shown = points.thinned(to: most)
        let plot = TrendPlot(shown.map(\.moment), values: 0...100)
        var body = plot.axes
        body += """
            <path class="chart-line" d="\(plot.steps(shown.map(\.score)))" fill="none" stroke="#0a58a6" stroke-width="2" />

            """
        for (point, x) in zip(shown, plot.xs) {
            body += """
                <circle class="chart-dot" cx="\(TrendPlot.text(x))" cy="\(TrendPlot.text(plot.y(point.score)))" r="3" \
                fill="#0a58a6"><title>\(point.moment.date): \(point.score)</title></circle>

                """
        }
        body += plot.label("score \(last.score)", x: 5_480, y: 190, anchor: "end", kind: "chart-value") + "\n"
        let range = "lowest \(scores.min() ?? 0), highest \(scores.max() ?? 0)"
        return frame(
            title, "\(scans(points)): first \(first.score), now \(last.score), \(range).", body, place)
    }

    /// Open findings from scan to scan, the severities one on the other, the worst below.
    ///
    /// - Parameter points: oldest first.
    public static func open(_ points: [TrendPoint], title: String, in place: Place) -> String {
        guard let first = points.first, let last = points.last else { return empty(title, place) }
        let shown = points.thinned(to: most)
        let plot = TrendPlot(shown.map(\.moment), values: 0...(shown.map(\.openCount).max() ?? 0))
        var body = plot.axes
        var below = shown.map { _ in 0 }
        for severity in Severity.allCases {
            let above = zip(below, shown).map { $0 + ($1.open[severity] ?? 0) }
            if above != below {
                body += """
                    <path class="chart-\(severity.rawValue)" d="\(plot.area(from: below, to: above))" \
                    fill="\(color(severity))"><title>\(severity.rawValue)</title></path>

                    """
            }
            below = above
        }
        for (index, severity) in Severity.allCases.enumerated() {
            let x = 360 + index * 1_040
            body += """
                <rect class="chart-\(severity.rawValue)" x="\(TrendPlot.text(x))" y="10" width="10" height="10" rx="2" \
                fill="\(color(severity))" />
                \(plot.label("\(severity.rawValue) \(last.open[severity] ?? 0)", x: x + 150, y: 190, anchor: "start"))

                """
        }
        let parts = Severity.allCases.map { "\(last.open[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        return frame(
            title, "\(scans(points)): first \(first.openCount), now \(last.openCount): \(parts).", body, place)
    }

    /// `3 scans from 2026-01-02 to 2026-11-20`
    private static func scans(_ points: [TrendPoint]) -> String {
        guard points.count > 1, let first = points.first, let last = points.last else {
            return "1 scan on \(points.first?.moment.date ?? "")"
        }
        return "\(points.count) scans from \(first.moment.date) to \(last.moment.date)"
    }

    private static func empty(_ title: String, _ place: Place) -> String {
        let label = """
            <text class="chart-label" x="280" y="104" text-anchor="middle" fill="#57606a">no scans yet</text>

            """
        return frame(title, "No scans yet.", label, place)
    }

    private static func frame(_ title: String, _ description: String, _ body: String, _ place: Place) -> String {
        let (width, height) = (TrendPlot.width, TrendPlot.height)
        let background =
            "<rect class=\"chart-back\" width=\"\(width)\" height=\"\(height)\" rx=\"6\" fill=\"#ffffff\" />\n"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="11">
            <title>\(Markup.line(title))</title>
            <desc>\(description)</desc>
            \(place == .file ? "<style>\(styles)</style>\n\(background)" : "")\(body)</svg>

            """
    }

    private static func color(_ severity: Severity) -> String {
        switch severity {
        case .critical: "#a40e26"
        case .high: "#d1521a"
        case .medium: "#b88700"
        case .low: "#2f75c0"
        case .info: "#848d97"
        }
    }

    private static let styles = """
        .chart-value{font-weight:600}
        @media (prefers-color-scheme:dark){
        .chart-back{fill:#0d1117}
        .chart-grid{stroke:#30363d}
        .chart-label,.chart-value{fill:#9da7b3}
        .chart-line{stroke:#6cb2ff}
        .chart-dot{fill:#6cb2ff}
        .chart-critical{fill:#ff6b78}
        .chart-high{fill:#ff9a52}
        .chart-medium{fill:#e0b93f}
        .chart-low{fill:#4f8fd6}
        .chart-info{fill:#9da7b3}
        }
        """
}
