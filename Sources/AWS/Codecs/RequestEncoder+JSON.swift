internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// The `json` protocol: the input as JSON, the operation in a header.
    func json(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        var request = EncodedRequest(method: "POST", path: "/")
        request.headers = [
            ("Content-Type", "application/x-amz-json-\(model.jsonVersion)"),
            ("X-Amz-Target", "\(model.targetPrefix).\(operation.name)"),
        ]
        if model.isQueryCompatible { request.headers.append(("x-amzn-query-mode", "true")) }
        let body: JSON =
            if let shape = operation.input { try jsonValue(input, ShapeReference(shape: shape)) } else { .object([:]) }
        request.body = body.bytes()
        return request
    }

    /// A value as both JSON protocols write it in bodies.
    func jsonValue(_ value: JSON, _ reference: ShapeReference) throws(AWSError) -> JSON {
        switch model.shape(reference) {
        case .structure(let structure):
            let object = JSON.object(try map(value))
            var members: [(String, JSON)] = []
            for member in structure.members where member.isInBody {
                guard let value = self.value(of: member, in: object) else { continue }
                members.append((member.wireName, try jsonValue(value, member.reference)))
            }
            return .object(JSONObject(members))
        case .list(let element):
            var elements: [JSON] = []
            for item in try list(value) { elements.append(item.isNull ? .null : try jsonValue(item, element)) }
            return .array(elements)
        case .map(_, let item):
            var members: [(String, JSON)] = []
            for (key, value) in try map(value) {
                members.append((key, value.isNull ? .null : try jsonValue(value, item)))
            }
            return .object(JSONObject(members))
        case .timestamp:
            let moment = try timestamp(value)
            let format = reference.traits.timestampFormat ?? .unixTimestamp
            return format == .unixTimestamp ? .integer(moment.seconds) : .string(text(moment, format))
        case .blob: return .string(Base64.encode(try bytes(value)))
        default: return value
        }
    }
}
