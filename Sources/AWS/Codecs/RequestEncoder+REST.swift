internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// What both REST protocols share: the members that stand in the path, the query and the headers.
    func rest(
        _ operation: ServiceModel.Operation, _ structure: Shape.Structure?, _ input: JSON
    ) throws(AWSError) -> EncodedRequest {
        let parts = operation.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = EncodedRequest(method: operation.method, path: parts.first.map(String.init) ?? "/")
        for pair in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            request.query.append((String(sides[0]), sides.count > 1 ? String(sides[1]) : ""))
        }
        guard let structure else { return request }
        for member in structure.members {
            guard let location = member.traits.location else { continue }
            guard let value = value(of: member, in: input) else {
                if location == .uri { throw .invalid("`\(member.name)` is needed in the path and is missing") }
                continue
            }
            switch location {
            case .uri: try fillPath(member, value, &request)
            case .querystring: try addQuery(member, value, structure, input, &request)
            case .header: try addHeader(member, value, &request)
            case .headers:
                for (key, value) in try map(value) {
                    request.headers.append(((member.traits.locationName ?? "") + key, try plainText(value)))
                }
            case .statusCode: break
            }
        }
        return request
    }

    private func fillPath(_ member: ShapeMember, _ value: JSON, _ request: inout EncodedRequest) throws(AWSError) {
        let text = try text(value, model.shape(member.shape), member.traits, timestamps: .iso8601)
        guard !text.isEmpty else { throw .invalid("`\(member.name)` is needed in the path and is empty") }
        request.path = request.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { segment in
                if segment == "{\(member.wireName)+}" { return PercentEncoding.encode(text, keepingSlashes: true) }
                return segment == "{\(member.wireName)}" ? PercentEncoding.encode(text) : String(segment)
            }
            .joined(separator: "/")
    }

    private func addQuery(
        _ member: ShapeMember, _ value: JSON, _ structure: Shape.Structure, _ input: JSON,
        _ request: inout EncodedRequest
    ) throws(AWSError) {
        switch model.shape(member.shape) {
        case .list(let element):
            let shape = model.shape(element)
            for item in try list(value) {
                request.query.append((member.wireName, try text(item, shape, element.traits, timestamps: .iso8601)))
            }
        case .map:
            // A member with a name of its own wins over an entry of the map.
            let taken = structure.members.filter { other in
                other.traits.location == .querystring && other.name != member.name
                    && self.value(of: other, in: input) != nil
            }
            for (key, value) in try map(value) where !taken.contains(where: { $0.wireName == key }) {
                for item in value.array ?? [value] { request.query.append((key, try plainText(item))) }
            }
        case let shape:
            request.query.append((member.wireName, try text(value, shape, member.traits, timestamps: .iso8601)))
        }
    }

    private func addHeader(_ member: ShapeMember, _ value: JSON, _ request: inout EncodedRequest) throws(AWSError) {
        let shape = model.shape(member.shape)
        if member.traits.isJSONValue {
            request.headers.append((member.wireName, Base64.encode(value.bytes())))
        } else if case .list(let element) = shape {
            let elementShape = model.shape(element)
            var texts: [String] = []
            for item in try list(value) {
                let text = try text(item, elementShape, element.traits, timestamps: .rfc822)
                texts.append(Self.isString(elementShape) ? Self.quotedIfNeeded(text) : text)
            }
            if !texts.isEmpty { request.headers.append((member.wireName, texts.joined(separator: ", "))) }
        } else {
            request.headers.append((member.wireName, try text(value, shape, member.traits, timestamps: .rfc822)))
        }
    }

    private static func isString(_ shape: Shape) -> Bool {
        if case .string = shape { true } else { false }
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        guard text.contains(where: { $0 == "\"" || $0 == "," }) else { return text }
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.append(character)
        }
        return quoted + "\""
    }
}
