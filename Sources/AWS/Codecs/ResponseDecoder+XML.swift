internal import AWSModels
internal import Documents

extension ResponseDecoder {
    func parseXML(_ body: [UInt8]) throws(AWSError) -> XMLElement {
        do {
            return try XMLElement.parse(body)
        } catch {
            throw .malformed("the response is not XML: \(error)")
        }
    }

    /// An element full of members that nobody knows is the answer to another question, not an empty answer.
    func refuseStranger(_ root: XMLElement, decodedTo members: JSONObject?) throws(AWSError) {
        guard let members, members.isEmpty,
            root.children.contains(where: { !Self.asides.contains($0.name.lowercased()) })
        else { return }
        throw .malformed("the response is a `\(root.name)` without any known member")
    }

    /// A value from the elements of one name; nil where they hold none.
    func value(_ elements: [XMLElement], _ reference: ShapeReference) throws(AWSError) -> JSON? {
        guard let first = elements.first else { return nil }
        let isFlattened = reference.traits.isFlattened
        switch model.shape(reference) {
        case .structure(let structure):
            try refuseText(first)
            return .object(try members(of: first, structure))
        case .list(let element):
            if !isFlattened { try refuseText(first) }
            var items: [JSON] = []
            for item in isFlattened ? elements : first.children {
                if let value = try value([item], element) { items.append(value) }
            }
            return .array(items)
        case .map(let key, let item):
            try refuseText(first)
            return .object(try entries(isFlattened ? elements : first.children, key, item))
        case let shape:
            guard first.children.isEmpty else {
                throw .malformed("the response has elements in `\(first.name.prefix(40))` where the model has text")
            }
            return try scalar(first.text, shape, reference.traits)
        }
    }

    /// Text where only elements may stand would otherwise look like an empty list.
    private func refuseText(_ element: XMLElement) throws(AWSError) {
        guard element.children.isEmpty, !Self.trim(element.text).isEmpty else { return }
        throw .malformed("the response has text in `\(element.name.prefix(40))` where the model has elements")
    }

    private func entries(
        _ elements: [XMLElement], _ key: ShapeReference, _ item: ShapeReference
    ) throws(AWSError) -> JSONObject {
        var members: [(String, JSON)] = []
        for entry in elements {
            guard let name = entry.first(key.traits.locationName ?? "key") else {
                throw .malformed("an entry of a map has no key")
            }
            let values = entry.children.filter { $0.name == item.traits.locationName ?? "value" }
            members.append((name.text, try value(values, item) ?? .null))
        }
        return JSONObject(members)
    }

    func members(of element: XMLElement, _ structure: Shape.Structure) throws(AWSError) -> JSONObject {
        var children: [String: [XMLElement]] = [:]
        for child in element.children { children[child.name, default: []].append(child) }
        if structure.isUnion, let first = element.children.first?.name,
            !structure.members.contains(where: { $0.wireName == first })
        {
            return Self.unknownMember(first).object ?? [:]
        }
        var result: [(String, JSON)] = []
        for member in structure.members where member.isInResponseBody {
            if member.traits.isXMLAttribute {
                let name = Self.localName(member.wireName)
                guard let attribute = element.attributes.last(where: { $0.name == name }) else { continue }
                result.append((member.name, .string(attribute.value)))
            } else if let elements = elements(of: member, children), let value = try value(elements, member.reference) {
                result.append((member.name, value))
            }
        }
        return JSONObject(result)
    }

    /// The elements of a flattened list may have a name of their own, or that of the member.
    private func elements(of member: ShapeMember, _ children: [String: [XMLElement]]) -> [XMLElement]? {
        if member.traits.isFlattened, case .list(let element) = model.shape(member.shape),
            let name = element.traits.locationName, let elements = children[name]
        {
            return elements
        }
        return children[member.wireName]
    }

    private static func localName(_ name: String) -> String {
        guard let colon = name.lastIndex(of: ":") else { return name }
        return String(name[name.index(after: colon)...])
    }
}
