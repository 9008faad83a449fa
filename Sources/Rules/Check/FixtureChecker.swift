internal import Documents
internal import Resources

/// Checks the documents that tests give against the schema, and reads their plain scalars by it.
struct FixtureChecker {
    var diagnostics: FileDiagnostics

    mutating func typed(_ value: JSON, _ node: YAMLNode, _ schema: Schema) -> JSON {
        if node.tag != nil || node.isNull { return value }
        switch (schema, node.content) {
        case (.any, _), (.policyDocument, _): return value
        case (.structure(let members), .mapping(let pairs)):
            var object = value.object ?? JSONObject()
            for pair in pairs {
                let key = pair.key.text ?? ""
                guard let member = members[key] else {
                    diagnostics.error(
                        "rule/unknown-member", "there is no member `\(key)` here", at: pair.key.span,
                        help: suggestion(for: key, among: Array(members.keys)))
                    continue
                }
                if let inner = object[key] { object[key] = typed(inner, pair.value, member) }
            }
            return .object(object)
        case (.map(let element), .mapping(let pairs)):
            var object = value.object ?? JSONObject()
            for pair in pairs {
                let key = pair.key.text ?? ""
                if let inner = object[key] { object[key] = typed(inner, pair.value, element) }
            }
            return .object(object)
        case (.list(let element), .sequence(let nodes)):
            let elements = value.array ?? []
            return .array(zip(elements, nodes).map { typed($0, $1, element) })
        case (.text, .scalar(let text, _)), (.blob, .scalar(let text, _)): return .string(text)
        case (.timestamp, .scalar(let text, _)) where Timestamp(text) != nil: return .string(text)
        case (.integer, .scalar) where value.integer != nil: return value
        case (.number, .scalar) where value.number != nil: return value
        case (.boolean, .scalar) where value.bool != nil: return value
        default:
            // A document of a wrong type is worth testing on purpose, but must be quoted to say so.
            if case .scalar(_, isPlain: false) = node.content { return value }
            diagnostics.error("rule/test", "this must be \(schema.kind), not \(node.kind)", at: node.span)
            return value
        }
    }
}
