internal import AWSModels
internal import Documents

extension RequestEncoder {
    /// REST with XML: members without a place of their own make the body.
    func restXML(_ operation: ServiceModel.Operation, _ input: JSON) throws(AWSError) -> EncodedRequest {
        let structure = model.structure(operation.input)
        var request = try rest(operation, structure, input)
        guard let structure else { return request }
        if let payload = structure.payload.map({ structure.members[$0] }) {
            let value = value(of: payload, in: input)
            if try rawPayload(payload, value, &request) { return request }
            guard let value else { return request }
            let name = payload.traits.locationName ?? model.structure(payload.shape)?.name ?? payload.name
            var parent = XMLElement(name: "")
            try write(value, payload.reference, name: name, into: &parent)
            request.body = Array((parent.children.first ?? parent).markup.utf8)
            request.setDefault(header: "Content-Type", "application/xml")
        } else if structure.members.contains(where: { $0.isInBody && value(of: $0, in: input) != nil }) {
            var root = XMLElement(name: operation.rootElement ?? structure.name)
            if let namespace = operation.rootNamespace { root.attributes.append(("xmlns", namespace)) }
            try write(input, structure, into: &root)
            request.body = Array(root.markup.utf8)
            request.setDefault(header: "Content-Type", "application/xml")
        }
        return request
    }

    private func write(
        _ value: JSON, _ reference: ShapeReference, name: String, into parent: inout XMLElement
    ) throws(AWSError) {
        let traits = reference.traits
        switch model.shape(reference) {
        case .structure(let structure):
            var element = Self.element(name, traits)
            try write(value, structure, into: &element)
            parent.children.append(element)
        case .list(let item):
            if traits.isFlattened {
                for value in try list(value) { try write(value, item, name: name, into: &parent) }
            } else {
                var element = Self.element(name, traits)
                for value in try list(value) {
                    try write(value, item, name: item.traits.locationName ?? "member", into: &element)
                }
                parent.children.append(element)
            }
        case .map(let key, let item):
            var entries: [XMLElement] = []
            for member in try map(value) {
                var entry = XMLElement(name: traits.isFlattened ? name : "entry")
                try write(.string(member.key), key, name: key.traits.locationName ?? "key", into: &entry)
                try write(member.value, item, name: item.traits.locationName ?? "value", into: &entry)
                entries.append(entry)
            }
            if traits.isFlattened {
                parent.children += entries
            } else {
                var element = Self.element(name, traits)
                element.children = entries
                parent.children.append(element)
            }
        case let shape:
            var element = Self.element(name, traits)
            element.text = try text(value, shape, traits, timestamps: .iso8601)
            parent.children.append(element)
        }
    }

    private func write(
        _ value: JSON, _ structure: Shape.Structure, into element: inout XMLElement
    ) throws(AWSError) {
        let object = JSON.object(try map(value))
        for member in structure.members where member.isInBody {
            guard let value = self.value(of: member, in: object) else { continue }
            if member.traits.isXMLAttribute {
                element.attributes.append((member.wireName, try plainText(value)))
            } else {
                try write(value, member.reference, name: member.wireName, into: &element)
            }
        }
    }

    private static func element(_ name: String, _ traits: ShapeTraits) -> XMLElement {
        guard let namespace = traits.namespace else { return XMLElement(name: name) }
        let attribute = namespace.prefix.isEmpty ? "xmlns" : "xmlns:\(namespace.prefix)"
        return XMLElement(name: name, attributes: [(attribute, namespace.uri)])
    }
}
