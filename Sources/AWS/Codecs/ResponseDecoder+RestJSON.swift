internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// REST with JSON.
    func restJSON(_ structure: Shape.Structure, _ response: HTTPResponse) throws(AWSError) -> JSON {
        var result = try rest(structure, response)
        if let payload = structure.payload.map({ structure.members[$0] }) {
            if let raw = try rawPayload(payload, response) {
                result[payload.name] = raw
            } else if !response.body.isEmpty {
                let value = try value(parseJSON(response.body), payload.reference)
                result[payload.name] = value.isNull ? nil : value
            }
        } else if structure.members.contains(where: \.isInResponseBody) {
            for (key, value) in try members(of: parseJSON(response.body), structure).object ?? [:] {
                result[key] = value
            }
        }
        return .object(result)
    }
}
