internal import Documents
internal import Resources

extension Schema {
    /// The type of what stands at a pointer into a document; nil where nothing can.
    subscript(pointer segments: [String]) -> Schema? {
        var current = self
        for segment in segments {
            switch current {
            case .structure(let members):
                guard let next = members[segment] else { return nil }
                current = next
            case .list(let element): current = element
            case .map(let value): current = value
            case .any, .policyDocument: return .any
            default: return nil
            }
        }
        return current
    }

    /// Whether a value is of the type, members and elements aside.
    func accepts(_ value: JSON) -> Bool {
        switch self {
        case .structure, .map: value.object != nil
        case .list: value.array != nil
        case .text, .blob, .timestamp: value.string != nil
        case .integer: value.integer != nil
        case .number: value.number != nil
        case .boolean: value.bool != nil
        case .policyDocument, .any: true
        }
    }
}
