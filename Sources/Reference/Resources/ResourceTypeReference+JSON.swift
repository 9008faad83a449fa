public import Documents

extension ResourceTypeReference {
    /// What the list says of the type.
    public var summary: JSON { .object(facts) }

    /// Everything: `{type, scanners, scope, id, arn, list, tags, members, relations}`.
    public var json: JSON {
        var object = facts
        object["arn"] = .string(arn)
        object["list"] = list.map { .string($0) }
        object["tags"] = tags.map { .string($0) }
        object["members"] = .array(members.map(\.json))
        object["relations"] = .array(
            relations.map { ["name": .string($0.name), "target": .string($0.target), "by": .string($0.means)] })
        return .object(object)
    }

    private var facts: JSONObject {
        var object: JSONObject = [
            "type": .string(name), "scanners": .array(scanners.map { .string($0) }), "scope": .string(scope.rawValue),
        ]
        object["id"] = id.map { .string($0) }
        return object
    }
}

extension ResourceMember {
    /// `container` is `list` or `map`, of elements of the type; marks that do not apply are left out.
    fileprivate var json: JSON {
        var object: JSONObject = [
            "path": .string(path), "type": .string(kind), "operation": .string(operation),
        ]
        if container != .none { object["container"] = .string(container.rawValue) }
        if !values.isEmpty { object["values"] = .array(values.map { .string($0) }) }
        object["default"] = defaultValue
        if isOptional { object["optional"] = true }
        if isCutToDay { object["cut_to_day"] = true }
        if isSensitive { object["sensitive"] = true }
        return .object(object)
    }
}
