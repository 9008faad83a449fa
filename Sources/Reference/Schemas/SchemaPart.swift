internal import Documents

/// Parts that schemas are made of.
enum SchemaPart {
    static let namePattern = "^[a-z0-9][a-z0-9-]{0,62}$"
    static let durationPattern = "^[0-9]{1,7}[hdw]$"

    /// A map with these keys and no others.
    static func map(
        _ description: String, required: [String] = [], _ properties: JSONObject, more: JSONObject = [:]
    ) -> JSON {
        var object: JSONObject = [
            "type": "object", "description": .string(description), "properties": .object(properties),
            "additionalProperties": false,
        ]
        if !required.isEmpty { object["required"] = .array(required.map { .string($0) }) }
        for (key, value) in more { object[key] = value }
        return .object(object)
    }

    /// A map with any keys.
    static func map(_ description: String, of values: JSON, keys: JSON? = nil, minimum: Int64 = 0) -> JSON {
        var object: JSONObject = [
            "type": "object", "description": .string(description), "additionalProperties": values,
        ]
        object["propertyNames"] = keys
        if minimum > 0 { object["minProperties"] = .integer(minimum) }
        return .object(object)
    }

    static func list(_ description: String, of items: JSON, minimum: Int64 = 0) -> JSON {
        var object: JSONObject = ["type": "array", "description": .string(description), "items": items]
        if minimum > 0 { object["minItems"] = .integer(minimum) }
        return .object(object)
    }

    /// Keys of tags.
    static func ownerTags(_ description: String) -> JSON {
        list(description, of: ["type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 128])
    }

    /// Text; what YAML reads as a number or a boolean counts as text, too.
    static func text(_ description: String) -> JSON {
        ["type": ["string", "number", "boolean"], "description": .string(description)]
    }

    static func text(_ description: String, pattern: String) -> JSON {
        ["type": "string", "description": .string(description), "pattern": .string(pattern)]
    }

    /// Text that says something.
    static func words(_ description: String) -> JSON {
        ["type": ["string", "number", "boolean"], "description": .string(description), "pattern": "\\S"]
    }

    static func flag(_ description: String, default value: Bool? = nil) -> JSON {
        var object: JSONObject = ["type": "boolean", "description": .string(description)]
        object["default"] = value.map { .bool($0) }
        return .object(object)
    }

    static func integer(_ description: String, in range: ClosedRange<Int64>, default value: Int64? = nil) -> JSON {
        var object: JSONObject = [
            "type": "integer", "description": .string(description), "minimum": .integer(range.lowerBound),
            "maximum": .integer(range.upperBound),
        ]
        object["default"] = value.map { .integer($0) }
        return .object(object)
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ description: String, of type: Choice.Type, default value: Choice? = nil
    ) -> JSON {
        var object: JSONObject = [
            "description": .string(description), "enum": .array(type.allCases.map { .string($0.rawValue) }),
        ]
        object["default"] = value.map { .string($0.rawValue) }
        return .object(object)
    }

    static func one(of words: [String], _ description: String) -> JSON {
        ["description": .string(description), "enum": .array(words.map { .string($0) })]
    }

    /// A name; the known ones are there to be completed.
    static func name(_ description: String, known: [String] = []) -> JSON {
        guard !known.isEmpty else { return text(description, pattern: namePattern) }
        return [
            "description": .string(description),
            "anyOf": [
                ["enum": .array(known.map { .string($0) })], ["type": "string", "pattern": .string(namePattern)],
            ],
        ]
    }

    /// A day: `2027-02-28`.
    static func day(_ description: String) -> JSON {
        text(description, pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
    }

    /// A key that is read and has no effect.
    static func idle(_ type: JSON, _ description: String) -> JSON {
        ["type": type, "description": .string(description + " No effect in this version.")]
    }

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/$defs/\(name)")] }

    /// A definition, with a description of its own at this place.
    static func reference(_ name: String, _ description: String) -> JSON {
        ["$ref": .string("#/$defs/\(name)"), "description": .string(description)]
    }
}
