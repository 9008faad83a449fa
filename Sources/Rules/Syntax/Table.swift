public import Documents
internal import Resources

/// Facts that change with the world (end-of-life dates, accounts of AWS's own services), kept apart from the rules that
/// use them: `policies/tables/NAME.yaml`.
public struct Table: Sendable {
    public enum ColumnType: String, Sendable, CaseIterable {
        case text, integer, boolean, timestamp
    }

    public struct Column: Sendable, Equatable {
        public var name: String
        public var type: ColumnType
    }

    public var name: String
    /// The column by which rows are found. Its values stand once each.
    public var key: String
    public var columns: [Column]
    /// Where the facts are from.
    public var source: String
    /// When somebody last compared them with the source.
    public var updated: Timestamp
    /// By the key's text. A cell that a row does not have is not there.
    public var rows: [String: [String: JSON]]
    public var path: String

    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// All values of a column, in the order of their rows' keys.
    public func values(of column: String) -> [JSON] {
        rows.sorted { $0.key.precedesByBytes($1.key) }.compactMap { $0.value[column] }
    }
}

extension Table.ColumnType {
    /// The type that conditions on a cell are checked against.
    var schema: Schema {
        switch self {
        case .text: .text(values: [])
        case .integer: .integer
        case .boolean: .boolean
        case .timestamp: .timestamp
        }
    }

    func accepts(_ value: JSON) -> Bool {
        switch self {
        case .text: value.string != nil
        case .integer: value.integer != nil
        case .boolean: value.bool != nil
        case .timestamp: value.string.flatMap { Timestamp($0) } != nil
        }
    }
}
