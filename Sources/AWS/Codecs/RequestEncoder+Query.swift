internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// The `query` protocol: a form with names such as `Filters.member.1.Name`.
    func query(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        try form(operation, input, FormWriter(encoder: self, isEC2: false))
    }

    func form(
        _ operation: ServiceModel.Operation, _ input: JSON, _ writer: FormWriter
    ) throws(AWSError) -> EncodedRequest {
        var writer = writer
        writer.pairs = [("Action", operation.name), ("Version", model.apiVersion)]
        if let shape = operation.input { try writer.write(input, ShapeReference(shape: shape), prefix: "") }
        var request = EncodedRequest(method: "POST", path: "/")
        request.headers = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        request.body = Array(PercentEncoding.query(writer.pairs).utf8)
        return request
    }
}

/// Collects the pairs of a form.
struct FormWriter {
    let encoder: RequestEncoder
    let isEC2: Bool
    var pairs: [(name: String, value: String)] = []

    init(encoder: RequestEncoder, isEC2: Bool) {
        self.encoder = encoder
        self.isEC2 = isEC2
    }

    mutating func write(_ value: JSON, _ reference: ShapeReference, prefix: String) throws(AWSError) {
        let shape = encoder.model.shape(reference)
        switch shape {
        case .structure(let structure): try write(value, structure, prefix: prefix)
        case .list(let element): try write(value, reference.traits, element, prefix: prefix)
        case .map(let key, let item): try write(value, reference.traits, key, item, prefix: prefix)
        default: pairs.append((prefix, try encoder.text(value, shape, reference.traits, timestamps: .iso8601)))
        }
    }

    private mutating func write(_ value: JSON, _ structure: Shape.Structure, prefix: String) throws(AWSError) {
        let object = JSON.object(try encoder.map(value))
        for member in structure.members {
            guard let value = encoder.value(of: member, in: object) else { continue }
            let name = isEC2 ? Self.ec2Name(member) : member.wireName
            try write(value, member.reference, prefix: prefix.isEmpty ? name : "\(prefix).\(name)")
        }
    }

    private mutating func write(
        _ value: JSON, _ traits: ShapeTraits, _ element: ShapeReference, prefix: String
    ) throws(AWSError) {
        let elements = try encoder.list(value)
        if elements.isEmpty {
            // An empty list is sent as such, but EC2 knows none.
            if !isEC2 { pairs.append((prefix, "")) }
            return
        }
        var prefix = prefix
        if !isEC2 {
            if !traits.isFlattened {
                prefix += ".\(element.traits.locationName ?? "member")"
            } else if traits.locationName == nil, let name = element.traits.locationName {
                prefix = (prefix.split(separator: ".").dropLast() + [name[...]]).joined(separator: ".")
            }
        }
        for (offset, item) in elements.enumerated() { try write(item, element, prefix: "\(prefix).\(offset + 1)") }
    }

    private mutating func write(
        _ value: JSON, _ traits: ShapeTraits, _ key: ShapeReference, _ item: ShapeReference, prefix: String
    ) throws(AWSError) {
        let prefix = traits.isFlattened ? prefix : prefix + ".entry"
        for (offset, member) in try encoder.map(value).enumerated() {
            let entry = "\(prefix).\(offset + 1)"
            try write(.string(member.key), key, prefix: "\(entry).\(key.traits.locationName ?? "key")")
            try write(member.value, item, prefix: "\(entry).\(item.traits.locationName ?? "value")")
        }
    }
}
