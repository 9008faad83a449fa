public import Documents
internal import Resources
internal import Rules

extension RuleReference {
    /// What the list says of the rule: `{rule, title, severity, resources, status, scanner}`; own rules have no scanner.
    public var summary: JSON { .object(facts) }

    /// Everything. `tests` is their number, and is not there where they were left out of the binary.
    public var json: JSON {
        var object = facts
        for excerpt in excerpts { object[excerpt.key] = excerpt.value }
        object["category"] = rule.category.map { .string($0) }
        object["on_unknown"] = .string(rule.onUnknown.rawValue)
        object["owner"] = rule.owner.map { .string($0) }
        object["replaces"] = rule.replaces.map { .string($0) }
        object["aliases"] = .array(rule.aliases.map { .string($0) })
        object["message"] = rule.message.map { .string($0.source) }
        object["references"] = .array(rule.references.map { .string($0) })
        object["path"] = .string(rule.path)
        object["parameters"] = .array(rule.parameters.map(\.json))
        object["controls"] = .array(
            controls.map {
                ["framework": .string($0.framework), "control": .string($0.control), "title": .string($0.title)]
            })
        var remediation = JSONObject()
        remediation["text"] = rule.remediation.text.map { .string($0.source) }
        remediation["cli"] = rule.remediation.cli.map { .string($0.source) }
        remediation["terraform"] = rule.remediation.terraform.map { .string($0.source) }
        object["remediation"] = .object(remediation)
        object["tests"] = tests.map { .integer(Int64($0)) }
        return .object(object)
    }

    private var facts: JSONObject {
        var object: JSONObject = [
            "rule": .string(rule.id), "title": .string(rule.title), "severity": .string(rule.severity.rawValue),
            "resources": .array(rule.resources.map { .string($0) }), "status": .string(rule.status.rawValue),
        ]
        object["scanner"] = scanner.map { .string($0) }
        return object
    }
}

extension Rule.Parameter {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name), "type": .string(kind.rawValue), "default": value]
        object["min"] = minimum.map { .integer($0) }
        object["max"] = maximum.map { .integer($0) }
        return .object(object)
    }
}
