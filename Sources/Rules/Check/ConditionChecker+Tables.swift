internal import Documents
internal import Resources

extension ConditionChecker {
    mutating func column(_ reference: TableReference) -> Table.Column? {
        guard let table = tables[reference.table] else {
            diagnostics.error(
                "rule/unknown-table", "there is no table `\(reference.table)`", at: reference.span,
                help: suggestion(for: reference.table, among: Array(tables.keys)))
            return nil
        }
        guard let column = table.column(reference.column) else {
            diagnostics.error(
                "rule/unknown-table", "the table `\(table.name)` has no column `\(reference.column)`",
                at: reference.span, help: suggestion(for: reference.column, among: table.columns.map(\.name)))
            return nil
        }
        return column
    }

    mutating func checkColumn(_ reference: TableReference, _ operation: Operation, _ schema: Schema) {
        guard let column = column(reference), schema != .any else { return }
        var wanted = schema
        if case .list(let element) = schema { wanted = element }
        if column.type.schema.kind != wanted.kind {
            diagnostics.error(
                "rule/operand",
                "\(wanted.kind) cannot be compared with the column `\(column.name)`, which is \(column.type.schema.kind)",
                at: reference.span)
        }
    }

    mutating func checkLookup(
        _ reference: TableReference, _ condition: Condition, _ operation: Operation, _ place: Element
    ) {
        if place.schema != .any, place.schema.kind != Schema.text(values: []).kind {
            diagnostics.error(
                "rule/operator-type", "`lookup` finds rows by text, not by \(place.schema.kind)", at: operation.span)
            return
        }
        guard let column = column(reference) else { return }
        let cell = Element(schema: column.type.schema, path: place.path, type: place.type)
        checkElements(condition, cell)
    }
}
