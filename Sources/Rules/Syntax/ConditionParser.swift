internal import Documents

/// Reads conditions. Every fault becomes a diagnostic; nil stands for what could not be read.
struct ConditionParser {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Condition? {
        guard let pairs = node.mapping else {
            diagnostics.error(
                "rule/condition", "a condition must be a map, not \(node.kind)", at: node.span,
                help: "write `PATH: value`, or `all:`, `any:`, `not:`")
            return nil
        }
        guard !pairs.isEmpty else {
            diagnostics.error("rule/condition", "an empty condition says nothing", at: node.span)
            return nil
        }
        let conditions = pairs.map { parse($0, &diagnostics) }
        let read = conditions.compactMap { $0 }
        guard read.count == conditions.count else { return nil }
        return read.count == 1 ? read[0] : .all(read)
    }

    private static func parse(_ pair: YAMLNode.Pair, _ diagnostics: inout FileDiagnostics) -> Condition? {
        switch pair.key.text ?? "" {
        case "all": return list(pair.value, "all", &diagnostics).map(Condition.all)
        case "any": return list(pair.value, "any", &diagnostics).map(Condition.any)
        case "not":
            if let inner = pair.value.mapping, inner.count > 1 {
                diagnostics.warning(
                    "rule/not-over-several", "`not` over several keys holds when any one of them does not",
                    at: pair.key.span,
                    help: "write `any:` of several `not:` if that is meant, or `not: {any: [...]}` for none of them")
            }
            return parse(pair.value, &diagnostics).map(Condition.not)
        case "use":
            guard let name = pair.value.text else {
                diagnostics.error(
                    "rule/type", "`use` takes a fragment's name, not \(pair.value.kind)", at: pair.value.span)
                return nil
            }
            return .use(name, pair.value.span)
        case "documents": return PolicySourcesParser.parse(pair, &diagnostics)
        default: return test(pair, &diagnostics)
        }
    }

    private static func list(_ node: YAMLNode, _ name: String, _ diagnostics: inout FileDiagnostics) -> [Condition]? {
        guard let nodes = node.sequence, !nodes.isEmpty else {
            diagnostics.error("rule/condition", "`\(name)` takes a list of conditions that is not empty", at: node.span)
            return nil
        }
        let conditions = nodes.map { parse($0, &diagnostics) }
        let read = conditions.compactMap { $0 }
        return read.count == conditions.count ? read : nil
    }

    private static func test(_ pair: YAMLNode.Pair, _ diagnostics: inout FileDiagnostics) -> Condition? {
        guard let text = pair.key.text, let path = Path(text, span: pair.key.span) else {
            diagnostics.error(
                "rule/path", "`\(pair.key.text ?? "")` is not a path", at: pair.key.span,
                help: "write members with dots between them: State.Name, or Tags['any key']")
            return nil
        }
        if text.contains("*") || text.contains("[]") {
            diagnostics.error(
                "rule/path", "a path has no wildcards", at: pair.key.span,
                help: "put `some`, `every` or `none` on the list")
            return nil
        }
        var test = Condition.Test(path: path, operations: [], ifAbsent: nil, span: pair.key.span)
        switch pair.value.content {
        case .scalar:
            if pair.value.isNull {
                diagnostics.error(
                    "rule/operand", "`\(text)` has no value to compare with", at: pair.key.span,
                    help: "write {absent: true}")
                return nil
            }
            let operand = Operand.literal(pair.value.json)
            test.operations = [Operation(name: .eq, argument: .operand(operand), span: pair.value.span)]
        case .sequence:
            diagnostics.error(
                "rule/operand", "a list needs an operator", at: pair.value.span,
                help: "write {in: [...]} for one of several values")
            return nil
        case .mapping(let operators):
            var good = true
            for entry in operators {
                if entry.key.text == "if_absent" {
                    if entry.value.isNull {
                        diagnostics.error("rule/operand", "`if_absent` has no value", at: entry.key.span)
                        good = false
                    }
                    test.ifAbsent = entry.value.json
                } else if let operation = OperationParser.parse(entry, &diagnostics) {
                    test.operations.append(operation)
                } else {
                    good = false
                }
            }
            guard good else { return nil }
            guard !test.operations.isEmpty else {
                diagnostics.error("rule/operand", "`\(text)` has no operator", at: pair.value.span)
                return nil
            }
        }
        return .test(test)
    }
}
