internal import AWSModels
internal import Documents

extension ResponseDecoder {
    /// A scalar from text, as XML and headers hold it.
    func scalar(_ text: String, _ shape: Shape, _ traits: ShapeTraits) throws(AWSError) -> JSON {
        if traits.isPolicyDocument { return Self.policyDocument(text) }
        let trimmed = Self.trim(text)
        switch shape {
        case .string:
            guard traits.isJSONValue else { return .string(text) }
            guard let bytes = Base64.decode(text), let value = try? JSON.parse(bytes) else {
                throw .malformed("a header does not hold JSON in base 64")
            }
            return value
        case .integer:
            guard let number = Int64(trimmed) else { throw .malformed("`\(text.prefix(40))` is no integer") }
            return .integer(number)
        case .double:
            guard let number = Double(trimmed) else { throw .malformed("`\(text.prefix(40))` is no number") }
            return Self.number(number)
        case .boolean:
            switch trimmed {
            case "true", "True", "TRUE", "1": return true
            case "false", "False", "FALSE", "0", "": return false
            default: throw .malformed("`\(text.prefix(40))` is no truth value")
            }
        case .timestamp: return try timestamp(trimmed)
        case .blob: return try blob(trimmed)
        default: return .string(text)
        }
    }

    func timestamp(_ text: some StringProtocol) throws(AWSError) -> JSON {
        guard let moment = Timestamp(text) else { throw .malformed("`\(text.prefix(40))` is no moment") }
        return .string(moment.description)
    }

    func blob(_ text: some StringProtocol) throws(AWSError) -> JSON {
        guard let bytes = Base64.decode(text) else { throw .malformed("a blob is not in base 64") }
        return .string(Base64.encode(bytes))
    }

    /// JSON has no infinities and no NaN: they are texts.
    static func number(_ number: Double) -> JSON {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return .number(number)
    }

    /// IAM sends policies as URL-encoded JSON. What is not JSON stays text.
    static func policyDocument(_ text: String) -> JSON {
        (try? JSON.parse(PercentEncoding.decode(text))) ?? .string(text)
    }

    static func trim(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
