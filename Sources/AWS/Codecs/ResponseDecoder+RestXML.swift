internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// REST with XML.
    func restXML(
        _ operation: ServiceModel.Operation, _ structure: Shape.Structure, _ response: HTTPResponse
    ) throws(AWSError) -> JSON {
        var result = try rest(structure, response)
        if let payload = structure.payload.map({ structure.members[$0] }) {
            if let raw = try rawPayload(payload, response) {
                result[payload.name] = raw
            } else if !response.body.isEmpty {
                let root = try parseXML(response.body)
                let value = try value([root], payload.reference)
                try refuseStranger(root, decodedTo: value?.object)
                result[payload.name] = value
            }
        } else if !response.body.isEmpty, structure.members.contains(where: \.isInResponseBody) {
            let root = try parseXML(response.body)
            if operation.unwrapsRoot {
                let text = Self.trim(root.text)
                if let member = structure.members.first, !text.isEmpty { result[member.name] = .string(text) }
            } else {
                let members = try members(of: root, structure)
                try refuseStranger(root, decodedTo: members)
                for (key, value) in members { result[key] = value }
            }
        }
        return .object(result)
    }
}
