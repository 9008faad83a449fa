public import Documents
internal import Resources

/// A value in the documents of a resource type.
public struct ResourceMember: Sendable {
    /// The path, with `[]` behind each list that it walks through: `AccessKeys[].Status`. A map's keys are `KEY`.
    public let path: String
    /// The type's name: `text`, `integer`, `structure`, ... Of a list or a map, the type of its elements.
    public let kind: String
    public let container: Container
    /// The known values of an enumeration.
    public let values: [String]
    /// The call that collects it, `iam:ListAccessKeys`.
    public let operation: String
    /// What stands for silence of AWS.
    public let defaultValue: JSON?
    /// Shown in no message and no evidence.
    public let isSensitive: Bool
    /// Whether AWS may answer that there is none.
    public let isOptional: Bool
    /// A timestamp that is cut to its day, as it changes without a change of configuration.
    public let isCutToDay: Bool

    public enum Container: String, Sendable {
        case none, list, map
    }

    static func all(of type: ResourceType) -> [ResourceMember] {
        var walk = Walk(type: type)
        walk.visit(type.schema, "", [])
        return walk.members
    }
}

/// A walk through a type's schema.
private struct Walk {
    let type: ResourceType
    let optional: Set<ValuePath>
    var members: [ResourceMember] = []

    init(type: ResourceType) {
        self.type = type
        optional = type.manifest.optionalAttributes
    }

    mutating func visit(_ schema: Schema, _ text: String, _ segments: [String]) {
        if !segments.isEmpty { members.append(member(schema, text, segments)) }
        visitInside(schema, text, segments)
    }

    private mutating func visitInside(_ schema: Schema, _ text: String, _ segments: [String]) {
        switch schema {
        case .structure(let inner):
            for (name, value) in inner.sorted(by: { $0.key.precedesByBytes($1.key) }) {
                visit(value, text.isEmpty ? name : "\(text).\(name)", segments + [name])
            }
        case .list(let element): visitInside(element, text + "[]", segments)
        case .map(let value): visitInside(value, text + ".KEY", segments)
        default: break
        }
    }

    private func member(_ schema: Schema, _ text: String, _ segments: [String]) -> ResourceMember {
        let (container, element): (ResourceMember.Container, Schema) =
            switch schema {
            case .list(let element): (.list, element)
            case .map(let value): (.map, value)
            default: (.none, schema)
            }
        let path = ValuePath(segments: segments)
        var values: [String] = []
        if case .text(let known) = element { values = known }
        return ResourceMember(
            path: text, kind: element.word, container: container, values: values, operation: operation(of: segments),
            defaultValue: type.manifest.defaults[path],
            isSensitive: type.sensitive.contains { segments.starts(with: $0.segments) },
            isOptional: optional.contains(path), isCutToDay: type.manifest.volatile.contains(path))
    }

    /// The call of the innermost attribute that holds the path, or the one that lists the resources.
    private func operation(of segments: [String]) -> String {
        var name = ""
        if case .listed(let lists) = type.manifest.origin { name = lists.first?.call.name ?? "" }
        if let detail = type.manifest.detail { name = detail.call.name }
        var attributes = type.manifest.attributes
        for segment in segments {
            guard let attribute = attributes.first(where: { $0.name == segment }) else { break }
            name = attribute.call.name
            attributes = attribute.each
        }
        return name
    }
}

extension Schema {
    /// The type's name in one or two words.
    fileprivate var word: String {
        switch self {
        case .structure: "structure"
        case .list: "list"
        case .map: "map"
        case .text: "text"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .timestamp: "timestamp"
        case .blob: "binary data"
        case .policyDocument: "policy document"
        case .any: "anything"
        }
    }
}
