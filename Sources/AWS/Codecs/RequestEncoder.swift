public import AWSModels
public import Documents

/// Writes an operation's input as a request in the protocol of its service.
///
/// Inputs are JSON with boto3's member names: timestamps as text or as seconds since 1970, blobs in base 64.
public struct RequestEncoder: Sendable {
    let model: ServiceModel
    let makeToken: @Sendable () -> String

    /// `makeToken` makes a value for members that make a call idempotent, where the input has none.
    public init(model: ServiceModel, makeToken: @escaping @Sendable () -> String = { RandomToken.make() }) {
        self.model = model
        self.makeToken = makeToken
    }

    public func encode(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        let input = withTokens(operation, input)
        var request =
            switch model.wireProtocol {
            case .query: try query(operation, input)
            case .ec2: try ec2(operation, input)
            case .json: try json(operation, input)
            case .restJSON: try restJSON(operation, input)
            case .restXML: try restXML(operation, input)
            }
        if let accept = model.accept { request.setDefault(header: "Accept", accept) }
        request.hostPrefix = try hostPrefix(operation, input)
        return request
    }

    /// The input, its idempotency tokens filled in.
    private func withTokens(_ operation: ServiceModel.Operation, _ input: JSON) -> JSON {
        guard let structure = model.structure(operation.input) else { return input }
        var object = input.object ?? [:]
        for member in structure.members where member.traits.isIdempotencyToken && object[member.name] == nil {
            object[member.name] = .string(makeToken())
        }
        return .object(object)
    }

    private func hostPrefix(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> String {
        guard let template = operation.hostPrefix else { return "" }
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let label = input[name]?.string, Self.isHostLabel(label) else {
                throw .invalid("`\(name)` is needed in the host's name and is missing or unfit for it")
            }
            result += rest[..<open] + label
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    static func isHostLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    /// Whether the input has a value for the member.
    func value(of member: ShapeMember, in input: JSON) -> JSON? {
        guard let value = input[member.name], !value.isNull else { return nil }
        return value
    }
}
