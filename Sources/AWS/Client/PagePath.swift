internal import Documents

/// Paths in paginators: `NextMarker || Contents[-1].Key`.
enum PagePath {
    static func alternatives(_ expression: String) -> [String] {
        var result: [String] = []
        var rest = expression[...]
        while let range = rest.firstRange(of: "||") {
            result.append(ResponseDecoder.trim(String(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
        }
        return result + [ResponseDecoder.trim(String(rest))]
    }

    /// The first alternative that holds a value: not null, false, zero or empty.
    static func find(_ expression: String, in json: JSON) -> JSON? {
        for path in alternatives(expression) {
            if let value = walk(path, json), !isEmpty(value) { return value }
        }
        return nil
    }

    /// The value of the first alternative that is there, null excepted.
    static func value(_ expression: String, in json: JSON) -> JSON? {
        alternatives(expression).lazy.compactMap { walk($0, json) }.first { !$0.isNull }
    }

    /// `json` with another value at a path of plain names; nil takes the value out.
    static func replace(_ path: String, in json: JSON, with value: JSON?) -> JSON {
        replace(path.split(separator: ".")[...], in: json, with: value)
    }

    private static func replace(_ names: ArraySlice<Substring>, in json: JSON, with value: JSON?) -> JSON {
        guard let first = names.first.map(String.init), var object = json.object else { return json }
        if names.count == 1 {
            object[first] = value
        } else if let inner = object[first] {
            object[first] = replace(names.dropFirst(), in: inner, with: value)
        }
        return .object(object)
    }

    private static func walk(_ path: String, _ json: JSON) -> JSON? {
        var value = json
        for part in path.split(separator: ".") {
            let isLast = part.hasSuffix("[-1]")
            guard let member = value[String(isLast ? part.dropLast(4) : part)] else { return nil }
            guard isLast else {
                value = member
                continue
            }
            guard let last = member.array?.last else { return nil }
            value = last
        }
        return value
    }

    /// Null, false, zero, or without content.
    static func isEmpty(_ value: JSON) -> Bool {
        switch value {
        case .null: true
        case .bool(let flag): !flag
        case .integer(let number): number == 0
        case .number(let number): number == 0
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        }
    }
}
