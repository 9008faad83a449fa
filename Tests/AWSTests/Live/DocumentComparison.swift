import Documents

/// Compares documents with what boto3 made of the same answer.
enum DocumentComparison {
    /// The pointers at which the documents differ. `{"$any": true}` is equal to everything. With `isPartial`, maps may have
    /// members that were not expected.
    static func differences(
        _ found: JSON?, _ expected: JSON?, isPartial: Bool = false, at pointer: String = ""
    ) -> [String] {
        if let object = expected?.object, object["$any"] != nil { return found == nil ? ["\(pointer) is missing"] : [] }
        switch (found, expected) {
        case (.object(let found)?, .object(let expected)?):
            let keys = Set(expected.keys).union(isPartial ? [] : found.keys)
            return keys.sorted().flatMap { key in
                differences(found[key], expected[key], isPartial: isPartial, at: "\(pointer)/\(key)")
            }
        case (.array(let found)?, .array(let expected)?) where found.count == expected.count:
            return zip(found, expected).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, isPartial: isPartial, at: "\(pointer)/\(index)")
            }
        case (let found?, let expected?) where isEqual(found, expected): return []
        default:
            return ["\(pointer) is \(text(found)), boto3 says \(text(expected))"]
        }
    }

    /// `1` and `1.0` are one number: Python tells integers from floating point where JSON does not. Moments that were sent
    /// as floating point may be a microsecond apart.
    private static func isEqual(_ found: JSON, _ expected: JSON) -> Bool {
        if let left = found.string, let right = expected.string {
            if left.hasSameBytes(as: right) { return true }
            guard let left = Timestamp(left), let right = Timestamp(right) else { return false }
            return abs(left.microseconds - right.microseconds) <= 1
        }
        if let left = found.number, let right = expected.number { return left == right }
        return found == expected
    }

    private static func text(_ json: JSON?) -> String { String((json?.text() ?? "missing").prefix(120)) }

    /// How many texts, numbers and truth values there are.
    static func leaves(_ json: JSON) -> Int {
        switch json {
        case .object(let object): object.reduce(0) { $0 + leaves($1.value) }
        case .array(let elements): elements.reduce(0) { $0 + leaves($1) }
        case .null: 0
        default: 1
        }
    }
}
