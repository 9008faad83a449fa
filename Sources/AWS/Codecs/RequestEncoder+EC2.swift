internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// EC2's protocol: a form as in `query`, but lists are always flat and names start with a capital.
    func ec2(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        try form(operation, input, FormWriter(encoder: self, isEC2: true))
    }
}

extension FormWriter {
    static func ec2Name(_ member: ShapeMember) -> String {
        if let name = member.traits.queryName { return name }
        let name = member.wireName
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
