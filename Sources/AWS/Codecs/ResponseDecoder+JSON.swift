internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// The `json` protocol: the output as JSON.
    func json(_ structure: Shape.Structure, _ response: HTTPResponse) throws(AWSError) -> JSON {
        try members(of: parseJSON(response.body), structure)
    }

    /// The body as JSON; an empty one is an empty object.
    func parseJSON(_ body: [UInt8]) throws(AWSError) -> JSON {
        guard !body.isEmpty else { return .object([:]) }
        do {
            return try JSON.parse(body)
        } catch {
            throw .malformed("the response is not JSON: \(error)")
        }
    }

    func value(_ json: JSON, _ reference: ShapeReference) throws(AWSError) -> JSON {
        if json.isNull { return .null }
        switch model.shape(reference) {
        case .structure(let structure): return try members(of: json, structure)
        case .list(let element):
            guard let elements = json.array else { throw Self.unexpected(json, "a list") }
            var items: [JSON] = []
            items.reserveCapacity(elements.count)
            for item in elements { items.append(try value(item, element)) }
            return .array(items)
        case .map(_, let item):
            guard let object = json.object else { throw Self.unexpected(json, "a map") }
            var members: [(String, JSON)] = []
            for (key, member) in object { members.append((key, try value(member, item))) }
            return .object(JSONObject(members))
        case .timestamp:
            if let text = json.string { return try timestamp(text) }
            guard let seconds = json.number, let moment = Timestamp(epochSeconds: seconds) else {
                throw Self.unexpected(json, "a moment")
            }
            return .string(moment.description)
        case .blob:
            guard let text = json.string else { throw Self.unexpected(json, "base 64") }
            return try blob(text)
        case .string:
            // Values that the model does not list are kept: services learn new ones.
            guard json.string != nil else { throw Self.unexpected(json, "text") }
            return json
        case .integer: return try integer(json)
        case .double:
            guard json.number != nil || ["NaN", "Infinity", "-Infinity"].contains(json.string) else {
                throw Self.unexpected(json, "a number")
            }
            return json
        case .boolean:
            guard json.bool != nil else { throw Self.unexpected(json, "a truth value") }
            return json
        case .document: return json
        }
    }

    /// Some services write whole numbers with a fraction of zero.
    private func integer(_ json: JSON) throws(AWSError) -> JSON {
        if json.integer != nil { return json }
        guard let number = json.number, let whole = Int64(exactly: number) else {
            throw Self.unexpected(json, "a whole number")
        }
        return .integer(whole)
    }

    func members(of json: JSON, _ structure: Shape.Structure) throws(AWSError) -> JSON {
        guard let object = json.object else { throw Self.unexpected(json, "a map") }
        if structure.isUnion, let unknown = unknownMember(object, structure) { return Self.unknownMember(unknown) }
        var result: [(String, JSON)] = []
        for member in structure.members where member.isInResponseBody {
            guard let value = object[member.wireName], !value.isNull else { continue }
            result.append((member.name, try self.value(value, member.reference)))
        }
        return .object(JSONObject(result))
    }

    /// The member that a union has, if the model does not know it.
    private func unknownMember(_ object: JSONObject, _ structure: Shape.Structure) -> String? {
        let keys = object.filter { !$0.value.isNull && $0.key != "__type" }.map(\.key)
        guard let first = keys.first else { return nil }
        return structure.members.contains { keys.contains($0.wireName) } ? nil : first
    }

    private static func unexpected(_ json: JSON, _ expected: String) -> AWSError {
        .malformed("the response has \(json.kind) where the model has \(expected)")
    }
}
