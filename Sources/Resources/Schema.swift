/// The type of a value in a resource document, derived from the AWS models through the manifest.
public indirect enum Schema: Sendable, Equatable {
    case structure([String: Schema])
    case list(Schema)
    case map(Schema)
    /// Text; `values` are the known values of an enumeration, empty where any text can stand.
    case text(values: [String])
    case integer
    case number
    case boolean
    case timestamp
    case blob
    /// An IAM policy document, parsed.
    case policyDocument
    /// Any JSON.
    case any

    /// The type's name in messages: "a list", "text", ...
    public var kind: String {
        switch self {
        case .structure: "a structure"
        case .list: "a list"
        case .map: "a map"
        case .text: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .timestamp: "a timestamp"
        case .blob: "binary data"
        case .policyDocument: "a policy document"
        case .any: "any value"
        }
    }

    /// A type of one resource type's documents, with what else rules may name.
    public subscript(path: ValuePath) -> Schema? {
        var current = self
        for segment in path.segments {
            while case .list(let element) = current { current = element }
            switch current {
            case .structure(let members):
                guard let next = members[segment] else { return nil }
                current = next
            case .map(let value): current = value
            case .any, .policyDocument: return .any
            default: return nil
            }
        }
        return current
    }
}
