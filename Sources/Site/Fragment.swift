internal import Posture
internal import Reports
internal import Rules

/// Pieces of markup that several pages share. Texts are made inert here.
enum Fragment {
    static func code(_ text: String) -> String { "<code>\(Markup.line(text))</code>" }

    static func severity(_ severity: Severity) -> String {
        "<span class=\"tag \(severity.rawValue)\">\(severity.rawValue)</span>"
    }

    static func link(_ address: String, _ text: String, kind: String = "") -> String {
        "<a\(kind.isEmpty ? "" : " class=\"\(kind)\"") href=\"\(SitePath.address(address))\">\(Markup.line(text))</a>"
    }

    /// A table that scrolls within itself where the page is narrow.
    ///
    /// - Parameters:
    ///   - header: texts; those of numbers begin with `#`.
    ///   - rows: markup. The first cell is the row's heading.
    static func table(_ caption: String, _ header: [String], _ rows: [[String]]) -> String {
        let numeric = header.map { $0.hasPrefix("#") }
        let head = zip(header, numeric).map { text, numeric in
            "<th scope=\"col\"\(numeric ? " class=\"number\"" : "")>\(Markup.line(numeric ? String(text.dropFirst()) : text))</th>"
        }
        let body = rows.map { row in
            let cells = zip(row, numeric).enumerated().map { index, cell in
                if index == 0 { return "<th scope=\"row\">\(cell.0)</th>" }
                return cell.1 ? "<td class=\"number\">\(cell.0)</td>" : "<td>\(cell.0)</td>"
            }
            return "<tr>\(cells.joined())</tr>\n"
        }
        return """
            <div class="scroll" role="region" aria-label="\(Markup.line(caption))" tabindex="0">
            <table>
            <caption>\(Markup.line(caption))</caption>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined())</tbody>
            </table>
            </div>

            """
    }

    /// Numbers with what they count, as a list.
    static func tiles(_ tiles: [(label: String, value: String, kind: String)]) -> String {
        let items = tiles.map { tile in
            "<div class=\"tile \(tile.kind)\"><dt>\(Markup.line(tile.label))</dt><dd>\(tile.value)</dd></div>\n"
        }
        return "<dl class=\"tiles\(tiles.count % 3 == 0 ? " three" : "")\">\n\(items.joined())</dl>\n"
    }

    /// Open findings by severity, unknown checks and waived findings; what there is none of is faint.
    static func counts(open: (Severity) -> Int, unknown: Int, waived: Int) -> [(
        label: String, value: String, kind: String
    )] {
        Severity.allCases.map { severity in
            let count = open(severity)
            return (severity.rawValue, String(count), count == 0 ? "none" : severity.rawValue)
        } + [
            ("unknown", String(unknown), unknown == 0 ? "none" : "unknown"),
            ("waived", String(waived), waived == 0 ? "none" : "waived"),
        ]
    }

    /// `2026-11-21 06:30 UTC`
    static func moment(_ text: String) -> String {
        "<time datetime=\"\(text)\">\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC</time>"
    }

    /// Shares of a whole, side by side.
    static func bar(_ parts: [(kind: String, count: Int)], label: String) -> String {
        let total = parts.reduce(0) { $0 + $1.count }
        guard total > 0 else { return "" }
        var x = 0
        let rectangles = parts.filter { $0.count > 0 }.map { part in
            let next = x + part.count
            defer { x = next }
            let (start, end) = (x * 1_000 / total, next * 1_000 / total)
            return "<rect class=\"bar-\(part.kind)\" x=\"\(start)\" y=\"0\" width=\"\(end - start)\" height=\"10\" />"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="share" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img">\
            <title>\(Markup.line(label))</title>\(rectangles.joined())</svg>
            """
    }

    /// A line of scores without axes; nothing where there is one alone.
    static func spark(_ points: [TrendPoint]) -> String {
        let scores = points.thinned(to: 40).map(\.score)
        guard scores.count > 1 else { return "" }
        let places = scores.enumerated().map { index, score in
            "\(2 + index * 92 / (scores.count - 1)) \(22 - score * 20 / 100)"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="spark" viewBox="0 0 96 24" width="96" height="24" aria-hidden="true">\
            <path class="chart-line" d="M\(places.joined(separator: "L"))" fill="none" stroke="#0a58a6" stroke-width="1.5" /></svg>
            """
    }
}
