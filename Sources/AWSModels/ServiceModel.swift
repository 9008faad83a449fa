/// What Parapet knows of one AWS service: its operations and the shapes of their inputs and outputs.
public final class ServiceModel: Sendable {
    public enum RetryKind: String, Sendable {
        case throttling
        case transient
    }

    /// The name of the model: `s3`, `guardduty`.
    public let service: String
    public let serviceID: String
    public let apiVersion: String
    public let wireProtocol: WireProtocol
    public let jsonVersion: String
    public let targetPrefix: String
    public let endpointPrefix: String
    public let signingName: String
    /// What stands before the colon in the names of its actions in IAM.
    public let iamPrefix: String
    /// The media type that the service has to be asked for; nil where it has one only.
    public let accept: String?
    /// Signs by the rules of S3: the path as it is sent, and a header with the hash of the body.
    public let signsAsS3: Bool
    public let globalEndpoint: String?
    /// The service spoke `query` once, and sends its old error codes in a header.
    public let isQueryCompatible: Bool
    /// Error codes that the model marks as worth another attempt.
    public let retryableCodes: [String: RetryKind]
    public let operations: [String: Operation]
    public let shapes: [Shape]
    /// Indexes of the shapes with a name.
    public let shapeIndexes: [String: Int]

    init(
        metadata: Metadata, operations: [String: Operation], shapes: [Shape], shapeIndexes: [String: Int],
        retryableCodes: [String: RetryKind]
    ) {
        service = metadata.service
        serviceID = metadata.serviceID
        apiVersion = metadata.apiVersion
        wireProtocol = metadata.wireProtocol
        jsonVersion = metadata.jsonVersion
        targetPrefix = metadata.targetPrefix
        endpointPrefix = metadata.endpointPrefix
        signingName = metadata.signingName
        iamPrefix = metadata.iamPrefix
        accept = metadata.accept
        signsAsS3 = metadata.signsAsS3
        globalEndpoint = metadata.globalEndpoint
        isQueryCompatible = metadata.isQueryCompatible
        self.retryableCodes = retryableCodes
        self.operations = operations
        self.shapes = shapes
        self.shapeIndexes = shapeIndexes
    }

    public func operation(_ name: String) throws(ModelError) -> Operation {
        guard let operation = operations[name] else {
            throw ModelError(.unknownOperation, "`\(service)` has no operation `\(name)`")
        }
        return operation
    }

    public func shape(_ index: Int) -> Shape { shapes[index] }
    public func shape(_ reference: ShapeReference) -> Shape { shapes[reference.shape] }

    /// The structure at `index`; nil for another kind of shape.
    public func structure(_ index: Int?) -> Shape.Structure? {
        guard let index, case .structure(let structure) = shapes[index] else { return nil }
        return structure
    }
}
