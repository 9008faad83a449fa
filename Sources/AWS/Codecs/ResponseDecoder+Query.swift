internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// `query` and EC2's protocol: XML, in `query` with the result in a wrapper.
    func query(
        _ operation: ServiceModel.Operation, _ structure: Shape.Structure, _ response: HTTPResponse
    ) throws(AWSError) -> JSON {
        guard !response.body.isEmpty else { return .object([:]) }
        let root = try parseXML(response.body)
        guard let wrapper = operation.resultWrapper else {
            let members = try members(of: root, structure)
            try refuseStranger(root, decodedTo: members)
            return .object(members)
        }
        guard let result = root.first(wrapper) else { throw .malformed("the response has no element `\(wrapper)`") }
        let members = try members(of: result, structure)
        try refuseStranger(result, decodedTo: members)
        return .object(members)
    }
}
