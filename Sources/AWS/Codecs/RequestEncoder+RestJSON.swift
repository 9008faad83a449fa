internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// REST with JSON: members without a place of their own make the body.
    func restJSON(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        let structure = model.structure(operation.input)
        var request = try rest(operation, structure, input)
        guard let structure, let shape = operation.input else { return request }
        if let payload = structure.payload.map({ structure.members[$0] }) {
            let value = value(of: payload, in: input)
            if try rawPayload(payload, value, &request) { return request }
            // A structure as payload is sent even where the input has none.
            if value == nil, model.structure(payload.shape)?.isUnion ?? true { return request }
            request.body = try jsonValue(value ?? .object([:]), payload.reference).bytes()
            request.setDefault(header: "Content-Type", "application/json")
        } else if structure.members.contains(where: \.isInBody) {
            request.body = try jsonValue(input, ShapeReference(shape: shape)).bytes()
            request.setDefault(header: "Content-Type", "application/json")
        }
        return request
    }

    /// Sends a text or a blob as it is. True where the payload is one of these.
    func rawPayload(
        _ payload: ShapeMember, _ value: JSON?, _ request: inout EncodedRequest
    ) throws(AWSError) -> Bool {
        switch model.shape(payload.shape) {
        case .string:
            guard let value else { return true }
            request.body = Array(try plainText(value).utf8)
            request.setDefault(header: "Content-Type", "text/plain")
        case .blob:
            if let value { request.body = try bytes(value) }
            if value != nil || request.method == "POST" {
                request.setDefault(header: "Content-Type", "application/octet-stream")
            }
        case .structure, .list, .map, .document: return false
        default: return true
        }
        return true
    }
}
