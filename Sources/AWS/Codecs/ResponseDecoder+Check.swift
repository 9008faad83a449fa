internal import AWSModels
internal import Documents
internal import HTTP

extension ResponseDecoder {
    /// Decodes an answer, and trusts it no further than that: what cannot be read ends in an error that says what it was.
    func checked(_ operation: ServiceModel.Operation, _ response: HTTPResponse) throws(AWSError) -> JSON {
        do throws(AWSError) {
            let output = try decode(operation, response)
            try check(operation, response)
            return output
        } catch {
            let type = ContentType(response)
            throw type.isExpected(by: model.wireProtocol) ? error : type.error
        }
    }

    /// Refuses answers that decode to nothing, and are no answers.
    ///
    /// The protocols let a client take them for "there is none of that". For Parapet that would be a verdict: a bucket
    /// without encryption, a policy that lets nobody in.
    private func check(_ operation: ServiceModel.Operation, _ response: HTTPResponse) throws(AWSError) {
        guard let structure = model.structure(operation.output), needsBody(structure) else { return }
        if response.body.isEmpty { throw .malformed("the response is empty") }
        guard [.json, .restJSON].contains(model.wireProtocol), structure.payload == nil,
            let keys = try parseJSON(response.body).object?.filter({ !$0.value.isNull }).map(\.key),
            !structure.members.contains(where: { member in keys.contains { $0.hasSameBytes(as: member.wireName) } }),
            let stranger = keys.first(where: { !Self.asides.contains($0.lowercased()) })
        else { return }
        throw .malformed("the response has `\(stranger.prefix(40))` and no known member")
    }

    /// Whether there is no answer without a body. A text or a blob that makes the body may be empty.
    private func needsBody(_ structure: Shape.Structure) -> Bool {
        guard let payload = structure.payload.map({ structure.members[$0] }) else {
            return structure.members.contains(where: \.isInResponseBody)
        }
        return !model.shape(payload.shape).isScalar
    }

    /// What services add to any answer.
    static let asides: Set<String> = ["__type", "requestid", "responsemetadata"]
}
