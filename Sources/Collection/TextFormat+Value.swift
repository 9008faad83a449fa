internal import Documents
internal import Resources

extension Manifest.TextFormat {
    /// What text stands for; nil where it is not such text. A policy document that cannot be read stays text, which
    /// conditions on it name as such.
    func value(of value: JSON) -> JSON? {
        guard let text = value.string else { return value }
        switch self {
        case .policyDocument, .json: return (try? JSON.parse(text)) ?? value
        case .csv(let columns):
            return Base64.decode(text).flatMap { Self.rows(String(decoding: $0, as: UTF8.self), columns) }
        }
    }

    /// Rows as structures of the known columns. Cells without a value are left out.
    private static func rows(_ text: String, _ columns: [Column]) -> JSON? {
        var lines = text.split(whereSeparator: \.isNewline)[...]
        guard let head = lines.popFirst().map({ cells(of: $0) }) else { return nil }
        let known = columns.compactMap { column in head.firstIndex(of: column.name).map { (column, $0) } }
        guard known.count == columns.count else { return nil }
        var rows: [JSON] = []
        for line in lines {
            let cells = cells(of: line)
            guard cells.count == head.count else { return nil }
            rows.append(
                .object(
                    JSONObject(
                        known.compactMap { column, index in column.value(of: cells[index]).map { (column.name, $0) } }))
            )
        }
        return .array(rows)
    }

    /// Cells may stand in quotes, for the names of users may have commas in them; a quote in quotes is doubled.
    private static func cells(of line: Substring) -> [String] {
        guard line.utf8.contains(UInt8(ascii: "\"")) else {
            return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var cells = [""]
        var isQuoted = false
        var wasQuote = false
        for scalar in line.unicodeScalars {
            switch scalar {
            case "\"":
                if wasQuote, !isQuoted { cells[cells.count - 1].unicodeScalars.append(scalar) }
                isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].unicodeScalars.append(scalar)
            }
            wasQuote = scalar == "\""
        }
        return cells
    }
}

extension Manifest.TextFormat.Column {
    /// What AWS writes where there is no value.
    private static let nothing: Set<String> = ["", "N/A", "no_information", "not_supported"]

    /// A cell that is not of the column's kind stays text, which the schema shows as a bad value.
    fileprivate func value(of cell: String) -> JSON? {
        guard !Self.nothing.contains(cell) else { return nil }
        switch kind {
        case .text: return .string(cell)
        // As every other moment stands in documents.
        case .timestamp: return .string(Timestamp(cell)?.description ?? cell)
        case .integer: return Int64(cell).map { .integer($0) } ?? .string(cell)
        case .boolean:
            switch cell.lowercased() {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: return .string(cell)
            }
        }
    }
}
