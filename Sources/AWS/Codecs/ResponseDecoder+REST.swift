internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// The members of a REST response that do not stand in its body.
    func rest(_ structure: Shape.Structure, _ response: HTTPResponse) throws(AWSError) -> JSONObject {
        var result: JSONObject = [:]
        for member in structure.members {
            switch member.traits.location {
            case .statusCode: result[member.name] = .integer(Int64(response.status))
            case .headers: result[member.name] = .object(headers(response, prefix: member.traits.locationName ?? ""))
            case .header:
                guard let text = response.header(member.wireName) else { continue }
                result[member.name] = try header(text, member)
            default: break
            }
        }
        return result
    }

    private func headers(_ response: HTTPResponse, prefix: String) -> JSONObject {
        let prefix = prefix.lowercased()
        let matching = response.headers.filter { $0.name.lowercased().hasPrefix(prefix) }
        return JSONObject(matching.map { (String($0.name.dropFirst(prefix.count)), .string($0.value)) })
    }

    private func header(_ text: String, _ member: ShapeMember) throws(AWSError) -> JSON {
        guard case .list(let element) = model.shape(member.shape) else {
            return try scalar(text, model.shape(member.shape), member.traits)
        }
        let shape = model.shape(element)
        let isMoment = if case .timestamp = shape { true } else { false }
        var items: [JSON] = []
        for part in Self.parts(of: text, areMoments: isMoment) {
            items.append(try scalar(part, shape, element.traits))
        }
        return .array(items)
    }

    /// Splits at commas outside quotes. Moments as in HTTP hold a comma themselves, after the weekday.
    private static func parts(of text: String, areMoments: Bool) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        var wasQuoted = false
        var isEscaped = false
        func finish() {
            parts.append(wasQuoted ? part : trim(part))
            (part, wasQuoted) = ("", false)
        }
        for character in text {
            if isEscaped {
                part.append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"", isQuoted || trim(part).isEmpty {
                if !isQuoted { part = "" }
                isQuoted.toggle()
                wasQuoted = true
            } else if character == ",", !isQuoted, !(areMoments && isWeekday(part)) {
                finish()
            } else if !(wasQuoted && !isQuoted) {
                part.append(character)
            }
        }
        finish()
        return parts
    }

    private static func isWeekday(_ text: String) -> Bool {
        let text = trim(text)
        return text.count == 3 && text.allSatisfy(\.isLetter)
    }

    /// A text or a blob that alone makes the body; nil where the payload is of another kind.
    func rawPayload(_ payload: ShapeMember, _ response: HTTPResponse) throws(AWSError) -> JSON? {
        let value: JSON
        switch model.shape(payload.shape) {
        case .string: value = .string(String(decoding: response.body, as: UTF8.self))
        case .blob: value = .string(Base64.encode(response.body))
        default: return nil
        }
        if ContentType.isPage(response.body) { throw .malformed("the response is a page for a browser") }
        return value
    }
}
