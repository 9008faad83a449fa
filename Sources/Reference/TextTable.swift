internal import Documents

/// Rows of text in columns as wide as their widest cell, two spaces apart.
struct TextTable {
    var header: [String]
    var rows: [[String]]

    /// The header, then the rows; the last column is not padded, and no line ends with spaces.
    func lines(_ style: TextStyle, indent: Int = 0) -> [String] {
        let inert = rows.map { $0.map(\.inert) }
        let widths = header.indices.map { column in
            ([header] + inert).map { $0[column].unicodeScalars.count }.max() ?? 0
        }
        let margin = String(repeating: " ", count: indent)
        let lines = ([header] + inert).map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.unicodeScalars.count)
            }
            let line = cells.joined(separator: "  ")
            return margin + line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]
        }
        return lines.enumerated().map { $0.offset == 0 ? style.paint($0.element, .strong) : $0.element }
    }
}
