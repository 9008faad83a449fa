internal import Documents
internal import Rules

/// Conditions: what stands in `where`, `fail_when`, `pass_when` and in fragments.
enum ConditionSchema {
    /// All definitions that conditions refer to.
    static var definitions: JSONObject {
        var definitions = OperandSchema.definitions
        definitions["condition"] = condition
        definitions["conditions"] = SchemaPart.list(
            "Conditions.", of: SchemaPart.reference("condition"), minimum: 1)
        definitions["test"] = test
        definitions["quantified"] = quantified
        definitions["documents"] = documents
        return definitions
    }

    private static let connectives: JSONObject = [
        "all": SchemaPart.reference("conditions", "All of them hold."),
        "any": SchemaPart.reference("conditions", "At least one of them holds."),
        "not": SchemaPart.reference("condition", "It does not hold."),
        "use": ["type": "string", "description": "A fragment of policies/fragments, by its name."],
        "documents": SchemaPart.reference("documents"),
    ]

    private static let condition: JSON = [
        "type": "object",
        "description":
            "A condition: all of its keys have to hold. A key is all, any, not, use, documents or a path: members with dots between them (State.Name, Tags['any key']), this, related.NAME, From..To, tags.KEY, region, account.",
        "minProperties": 1,
        "properties": .object(connectives),
        "propertyNames": path,
        "additionalProperties": SchemaPart.reference("test"),
    ]

    /// Wildcards do not exist: lists need a quantifier.
    private static let path: JSON = ["pattern": "^[^.*]([^*]*[^.*])?$", "not": ["pattern": "\\[\\]"]]

    /// What must hold of the value at a path: equal to a value, or one or more operators.
    private static var test: JSON {
        var operators: JSONObject = [
            "if_absent": [
                "type": ["string", "number", "boolean", "array", "object"],
                "description": "The value that stands in where AWS returned nothing.",
            ]
        ]
        for name in OperatorName.allCases { operators[name.rawValue] = OperandSchema.operand(of: name) }
        return [
            "type": ["string", "number", "boolean", "object"],
            "description": "A value to be equal to, or a map of operators that all have to hold.",
            "properties": .object(operators), "additionalProperties": false, "minProperties": 1,
            "if": ["type": "object", "required": ["if_absent"]], "then": ["minProperties": 2],
        ]
    }

    /// Policy documents that count together.
    private static var documents: JSON {
        let operators: [OperatorName] = [.allows, .denies, .admin, .privilegeEscalation]
        let way = SchemaPart.text(
            "A path to policy documents, through lists and relations: related.NAME.A.B.", pattern: "^[^*]+$")
        var properties: JSONObject = [
            "of": SchemaPart.list("Where the documents stand that grant.", of: way, minimum: 1),
            "boundary": way,
        ]
        for name in operators { properties[name.rawValue] = OperandSchema.operand(of: name) }
        return [
            "type": "object", "description": "What policy documents say together, within a permissions boundary.",
            "required": ["of"], "minProperties": 2, "properties": .object(properties), "additionalProperties": false,
            "anyOf": .array(operators.map { ["required": [.string($0.rawValue)]] }),
        ]
    }

    /// A condition on the elements of a list.
    private static var quantified: JSON {
        var properties = connectives
        properties["as"] = SchemaPart.text(
            "A name for the element, for messages and commands: {NAME.Member}.", pattern: "^[^.]+$")
        return [
            "type": "object", "description": "A condition on an element. `this` is the element itself.",
            "minProperties": 1, "properties": .object(properties), "propertyNames": path,
            "additionalProperties": SchemaPart.reference("test"),
            "if": ["required": ["as"]], "then": ["minProperties": 2],
        ]
    }
}
