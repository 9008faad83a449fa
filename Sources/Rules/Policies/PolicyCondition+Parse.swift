internal import Documents

extension PolicyCondition {
    /// More values of one key, or more conditions of one statement, are not looked at.
    private static let maximumValues = 2_048

    /// The conditions of a `Condition` block. What cannot be read is an unreadable condition among them.
    static func parse(_ block: JSON?, takesVariables: Bool) -> [PolicyCondition] {
        guard let block, !block.isNull else { return [] }
        guard let operators = block.object else { return [.unreadable("`Condition` is \(block.kind)")] }
        var conditions: [PolicyCondition] = []
        for (name, keys) in operators {
            guard let keys = keys.object else {
                conditions.append(.unreadable("`Condition` holds \(keys.kind) under `\(PolicyFault.quoted(name))`"))
                continue
            }
            guard let shape = shape(name) else {
                conditions.append(.unreadable("the condition operator `\(PolicyFault.quoted(name))` is not known"))
                continue
            }
            for (key, value) in keys {
                var condition = shape
                condition.key = PolicyDocument.folded(key)
                if let texts = texts(value), !texts.isEmpty {
                    condition.values = texts.map { PolicyPattern($0, takesVariables: takesVariables) }
                } else {
                    condition.fault = "the condition key `\(PolicyFault.quoted(key))` has a value that is no text"
                }
                conditions.append(condition)
            }
        }
        return conditions.count <= maximumValues ? conditions : [.unreadable("there are too many conditions")]
    }

    /// The operator's meaning, without key and values. Nil where there is no such operator.
    private static func shape(_ name: String) -> PolicyCondition? {
        var word = PolicyDocument.folded(name)
        var quantifier = Quantifier.none
        for (prefix, meaning) in [("forallvalues:", Quantifier.all), ("foranyvalue:", .any)]
        where word.hasPrefix(prefix) {
            quantifier = meaning
            word.removeFirst(prefix.utf8.count)
        }
        let isIfExists = word.hasSuffix("ifexists")
        if isIfExists { word.removeLast("ifexists".utf8.count) }
        guard let (comparison, isNegated) = operators[word] else { return nil }
        if case .null = comparison, isIfExists || quantifier != .none { return nil }
        return PolicyCondition(
            comparison: comparison, isNegated: isNegated, quantifier: quantifier, isIfExists: isIfExists, key: "",
            values: [])
    }

    /// Lower case: operators' names are compared without case.
    private static let operators: [String: (Comparison, isNegated: Bool)] = [
        "stringequals": (.text, false), "stringnotequals": (.text, true),
        "stringequalsignorecase": (.textIgnoringCase, false), "stringnotequalsignorecase": (.textIgnoringCase, true),
        "stringlike": (.like, false), "stringnotlike": (.like, true),
        "arnequals": (.arn, false), "arnnotequals": (.arn, true), "arnlike": (.arn, false), "arnnotlike": (.arn, true),
        "numericequals": (.number(.equal), false), "numericnotequals": (.number(.equal), true),
        "numericlessthan": (.number(.less), false), "numericlessthanequals": (.number(.lessOrEqual), false),
        "numericgreaterthan": (.number(.greater), false),
        "numericgreaterthanequals": (.number(.greaterOrEqual), false),
        "dateequals": (.date(.equal), false), "datenotequals": (.date(.equal), true),
        "datelessthan": (.date(.less), false), "datelessthanequals": (.date(.lessOrEqual), false),
        "dategreaterthan": (.date(.greater), false), "dategreaterthanequals": (.date(.greaterOrEqual), false),
        "bool": (.bool, false), "binaryequals": (.binary, false),
        "ipaddress": (.address, false), "notipaddress": (.address, true), "null": (.null, false),
    ]

    /// One value or a list of values; numbers and booleans as text.
    private static func texts(_ value: JSON) -> [String]? {
        let elements = value.array ?? [value]
        guard elements.count <= maximumValues else { return nil }
        let texts = elements.compactMap { element -> String? in
            switch element {
            case .string(let text): text.unicodeScalars.count <= PolicyPattern.maximumLength ? text : nil
            case .bool(let flag): flag ? "true" : "false"
            case .integer(let number): String(number)
            case .number(let number): String(number)
            default: nil
            }
        }
        return texts.count == elements.count ? texts : nil
    }
}
