internal import AWS
internal import Documents
internal import Resources

/// Brings what AWS Config recorded into the shape that the service's API has: the same members, under names whose case
/// differs, and now and then of another type.
struct AWSConfigConversion {
    /// API members in small letters that have another name in AWS Config, in small letters too.
    let names: [String: String]
    /// Pointers, and why nothing could be taken over.
    private(set) var uncollected: [String: String] = [:]

    static let notRecorded = "NotRecorded"

    init(names: [String: String]) { self.names = names }

    /// What an object has under the name of an API member, whatever the case; nil where nothing is recorded.
    func member(_ name: String, of object: JSON) -> JSON? {
        let wanted = name.lowercased()
        let recorded = names[wanted] ?? wanted
        return object.object?.first { $0.key.lowercased() == recorded }?.value
    }

    mutating func note(_ code: String, at pointer: [String]) { uncollected[JSONPointer.text(pointer)] = code }

    /// Nil where there is nothing, or nothing that fits: then a code is noted.
    mutating func converted(_ value: JSON, to schema: Schema, at pointer: [String]) -> JSON? {
        if value.isNull { return nil }
        switch (schema, value) {
        case (.structure(let members), .object):
            var result = JSONObject()
            for (name, inner) in members {
                guard let member = member(name, of: value) else { continue }
                if let converted = converted(member, to: inner, at: pointer + [name]) { result[name] = converted }
            }
            return .object(result)
        case (.list(let element), .array(let elements)):
            return .array(
                elements.enumerated().map { index, value in
                    converted(value, to: element, at: pointer + [String(index)]) ?? .null
                })
        case (.map(let inner), .object(let object)):
            return .object(
                JSONObject(
                    object.compactMap { key, value in
                        converted(value, to: inner, at: pointer + [key]).map { (key, $0) }
                    }))
        case (.any, _): return value
        case (.policyDocument, _): if let document = Self.policy(value) { return document }
        default: if let scalar = Self.scalar(value, schema) { return scalar }
        }
        note(AWSError.Code.malformedResponse.rawValue, at: pointer)
        return nil
    }

    private static func scalar(_ value: JSON, _ schema: Schema) -> JSON? {
        switch (schema, value) {
        case (.text, .string), (.blob, .string), (.integer, .integer), (.boolean, .bool): return value
        case (.number, .integer), (.number, .number): return value
        case (.integer, .string(let text)): return Int64(text).map(JSON.integer)
        case (.boolean, .string(let text)): return Bool(text).map(JSON.bool)
        case (.text, .integer), (.text, .bool): return .string(value.text())
        case (.timestamp, .string(let text)): return Timestamp(text).map { .string($0.description) }
        // In milliseconds.
        case (.timestamp, .integer(let number)):
            return Timestamp(epochSeconds: Double(number) / 1_000).map { .string($0.description) }
        default: return nil
        }
    }

    /// A policy document: an object, or its text, percent-encoded by IAM.
    private static func policy(_ value: JSON) -> JSON? {
        guard let text = value.string else { return value.object == nil ? nil : value }
        guard let document = try? JSON.parse(text.hasPrefix("%") ? percentDecoded(text) : text) else { return nil }
        return document.object == nil ? nil : document
    }

    static func percentDecoded(_ text: String) -> String {
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                output.append(code)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
