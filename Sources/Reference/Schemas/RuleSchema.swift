internal import Documents
internal import Resources
internal import Rules

/// Files of rules and fragments.
enum RuleSchema {
    static func rule(_ vocabulary: SchemaVocabulary) -> JSON {
        let type = SchemaPart.one(of: vocabulary.types, "A resource type.")
        let types: JSON = [
            "description": "The resource type that it judges, or a list of types.",
            "anyOf": [type, ["type": "array", "minItems": 1, "items": type]],
        ]
        let properties: JSONObject = [
            "rule": SchemaPart.name("The rule's id: lower-case letters, digits and hyphens."),
            "title": SchemaPart.text("What holds of a resource that passes."),
            "severity": SchemaPart.choice("How bad a failure is.", of: Severity.self),
            "resource": types,
            "category": SchemaPart.text("A word for lists."),
            "params": SchemaPart.map("Values that tenants can set; read with {param: NAME}.", of: parameter),
            "where": SchemaPart.reference("condition", "Which resources it applies to; all where it is left out."),
            Rule.Polarity.failWhen.rawValue: SchemaPart.reference("condition", "The resource fails where this holds."),
            Rule.Polarity.passWhen.rawValue: SchemaPart.reference("condition", "The resource passes where this holds."),
            "message": SchemaPart.text("What is wrong, with {PATH}, {NAME.PATH} and {param.NAME} filled in."),
            "remediation": SchemaPart.map(
                "What to do.",
                [
                    "text": SchemaPart.text("In words."),
                    "cli": SchemaPart.text("A command; what is filled in becomes one quoted word."),
                    "terraform": SchemaPart.text("The attribute to set; what is filled in becomes a quoted string."),
                ]),
            "references": SchemaPart.list("Addresses of what to read.", of: SchemaPart.text("An address.")),
            "owner": SchemaPart.text("Who looks after the rule."),
            "status": SchemaPart.choice(
                "Built-in rules run where they are stable.", of: Rule.Status.self, default: .stable),
            "on_unknown": SchemaPart.choice(
                "What a verdict of unknown becomes.", of: Rule.OnUnknown.self, default: .report),
            "aliases": SchemaPart.list("Ids of the same check elsewhere.", of: SchemaPart.text("An id.")),
            "replaces": SchemaPart.name("The built-in rule in whose place this one stands.", known: vocabulary.rules),
            "link": SchemaPart.text("The address of the resource in AWS's console, with {PATH} filled in."),
            "tests": tests(type),
        ]
        let polarities = [Rule.Polarity.failWhen, .passWhen]
        return SchemaPart.map(
            "A rule: which resources of a type fail.", required: ["rule", "title", "severity", "resource", "tests"],
            properties, more: ["oneOf": .array(polarities.map { ["required": [.string($0.rawValue)]] })])
    }

    static func fragment(_ vocabulary: SchemaVocabulary) -> JSON {
        SchemaPart.map(
            "A condition that rules share: they say use: NAME.", required: ["fragment", "resource", "when"],
            [
                "fragment": SchemaPart.text("The fragment's name."),
                "resource": SchemaPart.one(of: vocabulary.types, "The type at which the condition is checked."),
                "when": SchemaPart.reference("condition"),
            ])
    }

    private static var parameter: JSON {
        let kinds = Rule.Parameter.Kind.allCases
        return SchemaPart.map(
            "A parameter.", required: ["type", "default"],
            [
                "type": SchemaPart.choice("Which values it can have.", of: Rule.Parameter.Kind.self),
                "default": ["description": "The value where a tenant sets none."],
                "min": ["type": "integer", "description": "No number may be less."],
                "max": ["type": "integer", "description": "No number may be more."],
            ],
            more: [
                "allOf": .array(
                    kinds.map { kind in
                        [
                            "if": ["properties": ["type": ["const": .string(kind.rawValue)]]],
                            "then": ["properties": ["default": value(of: kind)]],
                        ]
                    })
            ])
    }

    private static func value(of kind: Rule.Parameter.Kind) -> JSON {
        switch kind {
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .string: ["type": "string"]
        case .duration: ["type": "string", "pattern": .string(SchemaPart.durationPattern)]
        case .strings: ["type": "array", "items": ["type": "string"]]
        case .integers: ["type": "array", "items": ["type": "integer"]]
        }
    }

    // MARK: Tests

    private static func tests(_ type: JSON) -> JSON {
        var properties = place
        properties["expect"] = SchemaPart.choice("The verdict.", of: VerdictKind.self)
        properties["why"] = SchemaPart.text("A JSON pointer that the evidence must name.", pattern: "^(/|$)")
        properties["type"] = type
        properties["given"] = document
        properties["now"] = SchemaPart.text(
            "The moment of the snapshot, such as 2026-01-15T00:00:00Z.", pattern: "^[0-9]{4}-")
        properties["params"] = SchemaPart.map("Values of parameters, in place of their defaults.", of: true)
        properties["with"] = SchemaPart.list("Other resources that are there.", of: related(type))
        let test = SchemaPart.map("A test.", required: ["expect", "given"], properties)
        let list = SchemaPart.list("Tests: at least one fails and one passes.", of: test)
        var object = list.object ?? [:]
        object["allOf"] = .array(
            [VerdictKind.fail, .pass].map { kind in
                [
                    "contains": [
                        "properties": ["expect": ["const": .string(kind.rawValue)]], "required": ["expect"],
                    ]
                ]
            })
        return .object(object)
    }

    private static func related(_ type: JSON) -> JSON {
        var properties = place
        properties["type"] = type
        properties["given"] = document
        properties["uncollected"] = SchemaPart.text("The error code by which the whole list could not be read.")
        return SchemaPart.map(
            "A related resource, or a list that could not be read.", required: ["type"], properties,
            more: ["anyOf": [["required": ["given"]], ["required": ["uncollected"]]]])
    }

    private static let document: JSON = [
        "type": "object",
        "description":
            "The resource's document as AWS returns it. !uncollected CODE stands for what could not be read.",
    ]

    /// Where a resource of a test is.
    private static let place: JSONObject = [
        "id": SchemaPart.text("The resource's id."), "region": SchemaPart.text("The resource's region."),
        "account": SchemaPart.text("The resource's account, in quotes."),
        "tags": SchemaPart.map("The resource's tags.", of: SchemaPart.text("A tag's value.")),
    ]
}
