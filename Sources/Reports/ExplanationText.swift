public import Documents
public import Rules

/// The condition tree of `parapet explain`, with the truth of each part and the values that it read.
public enum ExplanationText {
    public static func render(_ explanation: RuleExplanation, style: TextStyle) -> String {
        let verdict = explanation.verdict
        var lines = [
            "\(paint(verdict.kind, style)) \(verdict.rule) on \(verdict.type) \(verdict.id.inert) "
                + "(\(verdict.region.inert), \(verdict.account.inert))"
        ]
        if !verdict.message.isEmpty { lines.append("  " + verdict.message.inert) }
        if let applicability = explanation.applicability {
            lines.append("")
            lines.append("where:")
            add(applicability, 1, style, &lines)
        }
        if let condition = explanation.condition {
            lines.append("")
            lines.append("\(explanation.polarity.rawValue):")
            add(condition, 1, style, &lines)
        }
        return lines.joined(separator: "\n")
    }

    private static func paint(_ kind: VerdictKind, _ style: TextStyle) -> String {
        switch kind {
        case .fail: style.paint(kind.rawValue, .error)
        case .unknown: style.paint(kind.rawValue, .warning)
        case .pass: style.paint(kind.rawValue, .good)
        case .notApplicable: kind.rawValue
        }
    }

    private static func add(_ part: Explanation, _ depth: Int, _ style: TextStyle, _ lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        lines.append("\(indent)\(paint(part.truth, style)) \(part.text.inert)")
        for value in part.values {
            let place = value.pointer.isEmpty ? "\(value.type) \(value.id)" : value.pointer
            lines.append(
                "\(indent)        \(place.inert) is \(value.value.isNull ? "absent" : value.value.text().inert)")
        }
        for cause in part.causes { lines.append("\(indent)        \(cause.description.inert)") }
        for inner in part.parts { add(inner, depth + 1, style, &lines) }
        if part.omitted > 0 { lines.append("\(indent)  ... and \(part.omitted) more") }
    }

    /// Seven columns.
    private static func paint(_ truth: Truth, _ style: TextStyle) -> String {
        switch truth {
        case .true: style.paint("true   ", .good)
        case .false: style.paint("false  ", .error)
        case .unknown: style.paint("unknown", .warning)
        }
    }
}

/// The same as JSON.
public enum ExplanationJSON {
    public static func render(_ explanation: RuleExplanation) -> JSON {
        var object = VerdictJSON.render(explanation.verdict).object ?? JSONObject()
        object["where"] = explanation.applicability.map(render)
        object[explanation.polarity.rawValue] = explanation.condition.map(render)
        return .object(object)
    }

    private static func render(_ part: Explanation) -> JSON {
        [
            "condition": .string(part.text), "truth": .string("\(part.truth)"),
            "values": EvidenceJSON.render(part.values),
            "unknown": .array(part.causes.map { .string($0.description) }),
            "parts": .array(part.parts.map(render)), "omitted": .integer(Int64(part.omitted)),
        ]
    }
}
