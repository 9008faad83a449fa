internal import Documents
internal import Resources

extension KindSet {
    /// The kinds that values of a type have.
    init(_ schema: Schema) {
        switch schema {
        case .structure, .map: self = .object
        case .list: self = .array
        case .text, .blob, .timestamp: self = .string
        case .integer: self = .integer
        case .number: self = [.integer, .number]
        case .boolean: self = .boolean
        case .policyDocument, .any: self = .all
        }
    }

    /// The kind of a value; none for null and for what is hidden.
    init(_ kind: TapeValue.Kind) {
        switch kind {
        case .object: self = .object
        case .array: self = .array
        case .string: self = .string
        case .integer: self = .integer
        case .unsigned, .number: self = .number
        case .yes, .no: self = .boolean
        default: self = []
        }
    }

    init(_ value: JSON) {
        switch value {
        case .object: self = .object
        case .array: self = .array
        case .string: self = .string
        case .integer: self = .integer
        case .number: self = .number
        case .bool: self = .boolean
        case .null: self = []
        }
    }
}
