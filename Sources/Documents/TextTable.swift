/// Rows of text in columns as wide as their widest cell, two spaces apart.
public struct TextTable: Sendable {
    public var header: [String]
    public var rows: [[String]]

    public init(header: [String], rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    /// The header, then the rows; the last column is not padded, and no line ends with spaces.
    public func lines(_ style: TextStyle, indent: Int = 0) -> [String] {
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
