internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// A scalar as text.
    func text(
        _ value: JSON, _ shape: Shape, _ traits: ShapeTraits, timestamps format: ShapeTraits.TimestampFormat
    ) throws(AWSError) -> String {
        switch shape {
        case .timestamp: return try text(timestamp(value), traits.timestampFormat ?? format)
        case .blob: return try Base64.encode(bytes(value))
        default:
            let text = try plainText(value)
            guard traits.sendsLastPart, let slash = text.lastIndex(of: "/") else { return text }
            return String(text[text.index(after: slash)...])
        }
    }

    /// A text, a number or a truth value as text.
    func plainText(_ value: JSON) throws(AWSError) -> String {
        switch value {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number):
            if number.isNaN { return "NaN" }
            if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
            return number.description
        default: throw .invalid("\(value.kind) stands where text or a number is needed")
        }
    }

    func text(_ moment: Timestamp, _ format: ShapeTraits.TimestampFormat) -> String {
        switch format {
        case .iso8601: moment.description
        case .rfc822: moment.rfc822
        case .unixTimestamp: String(moment.seconds)
        }
    }

    func timestamp(_ value: JSON) throws(AWSError) -> Timestamp {
        if let text = value.string, let moment = Timestamp(text) { return moment }
        if let seconds = value.number, let moment = Timestamp(epochSeconds: seconds) { return moment }
        throw .invalid("\(value.kind) stands where a moment is needed")
    }

    func bytes(_ value: JSON) throws(AWSError) -> [UInt8] {
        guard let text = value.string, let bytes = Base64.decode(text) else {
            throw .invalid("\(value.kind) stands where base 64 is needed")
        }
        return bytes
    }

    func list(_ value: JSON) throws(AWSError) -> [JSON] {
        guard let elements = value.array else { throw .invalid("\(value.kind) stands where a list is needed") }
        return elements
    }

    func map(_ value: JSON) throws(AWSError) -> JSONObject {
        guard let object = value.object else { throw .invalid("\(value.kind) stands where a map is needed") }
        return object
    }
}
