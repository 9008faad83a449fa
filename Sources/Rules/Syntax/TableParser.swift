public import Documents
internal import Resources

/// Reads the files in `policies/tables/`.
public enum TableParser {
    /// Nil where the file has faults, which are then in `diagnostics`.
    public static func parse(_ diagnostics: inout FileDiagnostics) -> Table? {
        guard let root = YAMLReader.read(&diagnostics) else { return nil }
        var map = YAMLMapReader(root, of: "a table", area: "table", &diagnostics)
        let name = map.string("table", required: true, &diagnostics)
        let key = map.string("key", required: true, &diagnostics)
        let columns = map.node("columns", required: true, &diagnostics).map { self.columns($0, &diagnostics) } ?? []
        let source = map.string("source", required: true, &diagnostics)
        let updatedNode = map.node("updated", required: true, &diagnostics)
        let updated = updatedNode?.text.flatMap { Timestamp($0) }
        if let updatedNode, updated == nil {
            diagnostics.error("table/value", "`updated` must be a date such as 2026-01-15", at: updatedNode.span)
        }
        let rowsNode = map.node("rows", required: true, &diagnostics)
        map.finish(&diagnostics)
        guard let name, let key, let source, let updated, let rowsNode, !columns.isEmpty else { return nil }
        guard columns.contains(where: { $0.name == key && $0.type == .text }) else {
            diagnostics.error("table/value", "`key` must name a column of text", at: map.span(of: "key"))
            return nil
        }
        let rows = self.rows(rowsNode, key, columns, &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        return Table(
            name: name, key: key, columns: columns, source: source, updated: updated, rows: rows,
            path: diagnostics.file.path)
    }

    private static func columns(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [Table.Column] {
        guard let pairs = node.mapping, !pairs.isEmpty else {
            diagnostics.error("table/type", "`columns` must map names to types, not \(node.kind)", at: node.span)
            return []
        }
        return pairs.compactMap { pair in
            guard let name = pair.key.text, let type = pair.value.text.flatMap(Table.ColumnType.init) else {
                diagnostics.error(
                    "table/value",
                    "a column's type is one of: "
                        + Table.ColumnType.allCases.map(\.rawValue).joined(separator: ", "), at: pair.value.span)
                return nil
            }
            return Table.Column(name: name, type: type)
        }
    }

    private static func rows(
        _ node: YAMLNode, _ key: String, _ columns: [Table.Column], _ diagnostics: inout FileDiagnostics
    ) -> [String: [String: JSON]] {
        guard let nodes = node.sequence else {
            diagnostics.error("table/type", "`rows` must be a list, not \(node.kind)", at: node.span)
            return [:]
        }
        var rows: [String: [String: JSON]] = [:]
        for node in nodes {
            var row: [String: JSON] = [:]
            for pair in node.mapping ?? [] {
                let name = pair.key.text ?? ""
                guard let column = columns.first(where: { $0.name == name }) else {
                    diagnostics.error(
                        "table/unknown-key", "the table has no column `\(name)`", at: pair.key.span,
                        help: suggestion(for: name, among: columns.map(\.name)))
                    continue
                }
                // Plain scalars are read by the column's type: `3.10` is text where text is meant.
                let value =
                    column.type == .text || column.type == .timestamp
                    ? pair.value.text.map { JSON.string($0) } ?? pair.value.json : pair.value.json
                guard column.type.accepts(value) else {
                    diagnostics.error(
                        "table/value", "`\(name)` must be \(column.type.schema.kind), not \(pair.value.kind)",
                        at: pair.value.span)
                    continue
                }
                row[name] = value
            }
            guard let text = row[key]?.string else {
                diagnostics.error("table/missing-key", "a row needs a value in the column `\(key)`", at: node.span)
                continue
            }
            guard rows[text] == nil else {
                diagnostics.error("table/duplicate", "`\(text)` stands in two rows", at: node.span)
                continue
            }
            rows[text] = row
        }
        return rows
    }
}
