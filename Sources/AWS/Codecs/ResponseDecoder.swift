public import AWSModels
public import Documents
public import HTTP

/// Reads an operation's output from a response in the protocol of its service.
///
/// Outputs are JSON with boto3's member names: timestamps as ISO 8601 in UTC, blobs in base 64, members without a value
/// left out.
public struct ResponseDecoder: Sendable {
    let model: ServiceModel

    public init(model: ServiceModel) { self.model = model }

    public func decode(_ operation: ServiceModel.Operation, _ response: HTTPResponse) throws(AWSError) -> JSON {
        guard let structure = model.structure(operation.output) else { return .object([:]) }
        switch model.wireProtocol {
        case .query, .ec2: return try query(operation, structure, response)
        case .json: return try json(structure, response)
        case .restJSON: return try restJSON(structure, response)
        case .restXML: return try restXML(operation, structure, response)
        }
    }

    /// What a union holds that this version of the model does not know.
    static func unknownMember(_ name: String) -> JSON {
        ["SDK_UNKNOWN_MEMBER": ["name": .string(name)]]
    }
}
