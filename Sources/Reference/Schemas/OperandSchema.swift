internal import Documents
internal import Rules

/// What operators take.
enum OperandSchema {
    /// The operand of an operator, with what the reference says of it.
    static func operand(of name: OperatorName) -> JSON {
        var object = shape(of: name).object ?? [:]
        if let entry = OperatorReference.all.first(where: { $0.name == name }) {
            object["description"] = .string("On \(entry.on). Takes \(entry.operand). \(entry.meaning)")
        }
        return .object(object)
    }

    private static func shape(of name: OperatorName) -> JSON {
        switch name {
        case .some, .every, .none: SchemaPart.reference("quantified")
        case .count: count
        case .eq, .ne, .contains: SchemaPart.reference("value")
        case .lt, .lte, .gt, .gte: value(["string", "number"])
        case .in, .notIn, .subsetOf, .supersetOf, .intersects: SchemaPart.reference("values")
        case .glob, .matches, .startsWith, .endsWith, .before, .after: value(["string"])
        case .olderThan, .newerThan: value(["string"], ["pattern": .string(SchemaPart.durationPattern)])
        case .coversAny, .coversAll: values(of: ["type": "integer"])
        case .inside: values(of: ["type": "integer"], ["minItems": 2, "maxItems": 2])
        case .exists, .absent, .admin, .privilegeEscalation: ["type": "boolean"]
        case .cidrIs: ["enum": .array(CIDRClass.allCases.map { .string($0.rawValue) })]
        case .within, .overlaps: blocks
        case .prefixLen: prefixLength
        case .cover: ["const": "world"]
        case .lookup: lookup
        case .ingress: ingress
        case .allows, .denies: grants
        }
    }

    static let definitions: JSONObject = [
        "value": value(["string", "number", "boolean"]),
        "values": values(of: ["type": ["string", "number", "boolean"]]),
        "parameter": ["type": "string", "description": "The name of a parameter of the rule."],
        "place": SchemaPart.text("A value of the resource that is judged: $.PATH.", pattern: "^\\$\\.[^.]"),
    ]

    /// The keys of an operand that is neither a value nor a list.
    private static let places: JSONObject = [
        "param": SchemaPart.reference("parameter"), "ref": SchemaPart.reference("place"),
    ]

    /// One value, `{param: NAME}` or `{ref: $.PATH}`.
    private static func value(_ types: [JSON], _ more: JSONObject = [:]) -> JSON {
        var object = more
        object["type"] = .array(types + ["object"])
        object["properties"] = .object(places)
        object["additionalProperties"] = false
        object["minProperties"] = 1
        object["maxProperties"] = 1
        return .object(object)
    }

    /// A list of values, `{param: NAME}`, `{ref: $.PATH}`, or `{table: NAME, column: NAME}`.
    private static func values(of items: JSON, _ more: JSONObject = [:]) -> JSON {
        var object = more
        var properties = places
        properties["table"] = ["type": "string", "description": "A table of policies/tables, by its name."]
        properties["column"] = ["type": "string", "description": "The column whose values are taken."]
        object["type"] = ["array", "object"]
        object["items"] = items
        object["properties"] = .object(properties)
        object["additionalProperties"] = false
        object["minProperties"] = 1
        object["maxProperties"] = 2
        object["dependentSchemas"] = [
            "param": ["maxProperties": 1], "ref": ["maxProperties": 1], "table": ["required": ["column"]],
            "column": ["required": ["table"]],
        ]
        return .object(object)
    }

    private static let comparisons: [OperatorName] = [.eq, .ne, .lt, .lte, .gt, .gte]

    private static var count: JSON {
        var properties: JSONObject = ["where": SchemaPart.reference("condition", "Which elements count.")]
        for name in comparisons { properties[name.rawValue] = value(["integer"]) }
        return SchemaPart.map(
            "", properties,
            more: ["anyOf": .array(comparisons.map { ["required": [.string($0.rawValue)]] })])
    }

    /// An address block, a list of them, or an operand that names some.
    private static var blocks: JSON {
        var object = values(of: ["type": "string"], ["minItems": 1]).object ?? [:]
        object["type"] = ["string", "array", "object"]
        object["pattern"] = "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$"
        return .object(object)
    }

    private static var prefixLength: JSON {
        var properties = JSONObject()
        for order in PrefixLengthQuery.Order.allCases {
            properties[order.rawValue] = ["type": "integer", "minimum": 0, "maximum": 128]
        }
        return SchemaPart.map("", properties, more: ["minProperties": 1])
    }

    private static var lookup: JSON {
        var properties: JSONObject = [
            "table": ["type": "string", "description": "A table of policies/tables, by its name."],
            "column": ["type": "string", "description": "The column of the cell."],
        ]
        // Operators inside are the same everywhere: what they take is said once, where they stand alone.
        for name in OperatorName.allCases {
            properties[name.rawValue] = ["$ref": .string("#/$defs/test/properties/\(name.rawValue)")]
        }
        return SchemaPart.map("", required: ["table", "column"], properties, more: ["minProperties": 3])
    }

    private static var ingress: JSON {
        let range: JSON = [
            "type": ["integer", "string"], "minimum": 0, "maximum": 65_535, "pattern": "^[0-9]+-[0-9]+$",
        ]
        let ports: JSON = [
            "description": "Ports and ranges of ports; all: each of them; any: at least one.",
            "anyOf": [["enum": ["all", "any"]], range, ["type": "array", "minItems": 1, "items": range]],
        ]
        let block: JSON = ["type": "string", "pattern": "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$"]
        let from: JSON = [
            "description": "Who is let in: world, public, an address block or a list of them.",
            "anyOf": [["enum": ["world", "public"]], block, ["type": "array", "minItems": 1, "items": block]],
        ]
        let allows = SchemaPart.map(
            "What is let in.", required: ["from"],
            [
                "ports": ports, "from": from,
                "protocol": SchemaPart.choice(
                    "The protocol; any where it is left out.", of: IngressQuery.TransportProtocol.self),
            ])
        return SchemaPart.map("", required: ["allows"], ["allows": allows])
    }

    private static var grants: JSON {
        let texts: JSON = ["type": "string", "minLength": 1]
        let principals: JSON = [
            "description":
                "Who is granted something, as a word or a list of ARNs, accounts and services; whoever the policy belongs to where it is left out.",
            "anyOf": [
                ["enum": .array(GrantQuery.Principal.allCases.map { .string($0.rawValue) })],
                ["type": "array", "minItems": 1, "items": texts],
            ],
        ]
        return SchemaPart.map(
            "", required: ["actions"],
            [
                "principal": principals,
                "actions": SchemaPart.list(
                    "Patterns of actions, such as s3:Get*. allows: one of them is enough; denies: it takes all.",
                    of: texts, minimum: 1),
                "resources": SchemaPart.list("Patterns of ARNs.", of: texts, minimum: 1),
                "conditions": SchemaPart.choice(
                    "Which conditions of a statement let it count.", of: GrantQuery.Conditions.self,
                    default: .notRestricting),
                "lacks": SchemaPart.list(
                    "Condition keys: only statements that none of them restricts count.", of: texts, minimum: 1),
                "context": SchemaPart.map(
                    "What the request carries, by condition key.", of: ["type": ["string", "number", "boolean"]],
                    minimum: 1),
            ])
    }
}
