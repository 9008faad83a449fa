internal import Documents
internal import Rules

/// Files of tables.
enum TableSchema {
    static let table = SchemaPart.map(
        "Facts that change with the world, for `lookup` and lists of values.",
        required: ["table", "key", "columns", "source", "updated", "rows"],
        [
            "table": SchemaPart.text("The table's name."),
            "key": SchemaPart.text("The column of text by which rows are found."),
            "columns": SchemaPart.map(
                "Columns, with their types.", of: SchemaPart.choice("A column's type.", of: Table.ColumnType.self),
                minimum: 1),
            "source": SchemaPart.text("Where the facts are from."),
            "updated": SchemaPart.text("When somebody last compared them with the source.", pattern: "^[0-9]{4}-"),
            "rows": SchemaPart.list(
                "Rows: a value for the key, and for any of the other columns.",
                of: SchemaPart.map("A row.", of: ["type": ["string", "number", "boolean"]], minimum: 1)),
        ])
}
