internal import Documents

/// Reads one operator with its operand.
struct OperationParser {
    static func parse(_ pair: YAMLNode.Pair, _ diagnostics: inout FileDiagnostics) -> Operation? {
        let word = pair.key.text ?? ""
        guard let name = OperatorName(rawValue: word) else {
            diagnostics.error(
                "rule/unknown-operator", "there is no operator `\(word)`", at: pair.key.span,
                help: suggestion(for: word, among: OperatorName.allCases.map(\.rawValue) + ["if_absent"])
                    ?? "members of structures are reached with dots: A.B")
            return nil
        }
        guard let argument = argument(name, pair.value, &diagnostics) else { return nil }
        return Operation(name: name, argument: argument, span: pair.key.span)
    }

    private static func argument(
        _ name: OperatorName, _ node: YAMLNode, _ diagnostics: inout FileDiagnostics
    ) -> Operation.Argument? {
        switch name {
        case .some, .every, .none: return quantified(node, &diagnostics)
        case .count: return count(node, &diagnostics)
        case .exists, .absent, .admin, .privilegeEscalation:
            guard let flag = node.json.bool else {
                diagnostics.error(
                    "rule/operand", "`\(name.rawValue)` takes true or false, not \(node.kind)", at: node.span)
                return nil
            }
            return .flag(flag)
        case .olderThan, .newerThan: return duration(node, name, &diagnostics)
        case .cidrIs:
            if let text = node.text, let kind = CIDRClass(rawValue: text) { return .cidrClass(kind) }
            diagnostics.error(
                "rule/operand", "`cidr_is` takes one of: \(CIDRClass.allCases.map(\.rawValue).joined(separator: ", "))",
                at: node.span)
            return nil
        case .lookup: return lookup(node, &diagnostics)
        case .within, .overlaps:
            if node.mapping != nil { return operand(node, list: true, name, &diagnostics).map { .operand($0) } }
            return AddressOperandParser.blocks(node, of: name.rawValue, &diagnostics).map { .blocks($0) }
        case .prefixLen: return AddressOperandParser.prefixLength(node, &diagnostics).map { .prefixLength($0) }
        case .cover: return AddressOperandParser.cover(node, &diagnostics) ? .coversWorld : nil
        case .ingress: return IngressQueryParser.parse(node, &diagnostics).map { .ingress($0) }
        case .allows, .denies:
            return GrantQueryParser.parse(node, operator: name.rawValue, &diagnostics).map { .grants($0) }
        default: return operand(node, list: name.takesList, name, &diagnostics).map { .operand($0) }
        }
    }

    private static func operand(
        _ node: YAMLNode, list: Bool, _ name: OperatorName, _ diagnostics: inout FileDiagnostics
    ) -> Operand? {
        if let pairs = node.mapping {
            if node["table"] != nil {
                guard list else {
                    diagnostics.error(
                        "rule/operand", "`\(name.rawValue)` takes a single value, not a column", at: node.span,
                        help: "a cell of the value's own row is found with `lookup`")
                    return nil
                }
                return reference(node, &diagnostics).map { .column($0) }
            }
            if pairs.count == 1, let key = pairs[0].key.text, let text = pairs[0].value.text {
                if key == "param" { return .parameter(text, pairs[0].value.span) }
                if key == "ref" {
                    if text.hasPrefix("$."), let path = Path(String(text.dropFirst(2)), span: pairs[0].value.span) {
                        return .reference(path)
                    }
                    diagnostics.error("rule/operand", "`\(text)` is not of the form $.path", at: pairs[0].value.span)
                    return nil
                }
            }
            diagnostics.error(
                "rule/operand", "`\(name.rawValue)` cannot take a map", at: node.span,
                help: "write a value, {param: name}, {ref: $.path} or, for lists, {table: name, column: name}")
            return nil
        }
        if list != (node.sequence != nil) {
            let wanted = list ? "a list" : "a single value"
            diagnostics.error("rule/operand", "`\(name.rawValue)` takes \(wanted), not \(node.kind)", at: node.span)
            return nil
        }
        if node.isNull {
            diagnostics.error("rule/operand", "`\(name.rawValue)` has no value", at: node.span)
            return nil
        }
        return .literal(node.json)
    }

    private static func quantified(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Operation.Argument? {
        var binding: String?
        var rest = node
        if let pairs = node.mapping, let named = node["as"] {
            guard let text = named.text, !text.isEmpty, !text.contains(".") else {
                diagnostics.error("rule/operand", "`as` takes a name", at: named.span)
                return nil
            }
            binding = text
            rest.content = .mapping(pairs.filter { $0.key.text != "as" })
        }
        return ConditionParser.parse(rest, &diagnostics).map { .quantified($0, binding: binding) }
    }

    private static func count(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Operation.Argument? {
        var map = YAMLMapReader(node, of: "`count`", area: "rule", &diagnostics)
        let filter = map.node("where", &diagnostics)
        let condition = filter.flatMap { ConditionParser.parse($0, &diagnostics) }
        var comparisons: [(name: OperatorName, operand: Operand)] = []
        for name in OperatorName.comparisons {
            guard let value = map.node(name.rawValue, &diagnostics) else { continue }
            guard let operand = operand(value, list: false, name, &diagnostics) else { return nil }
            if case .literal(let literal) = operand, literal.integer == nil {
                diagnostics.error(
                    "rule/operand", "`count` compares with whole numbers, not \(value.kind)", at: value.span)
                return nil
            }
            comparisons.append((name, operand))
        }
        map.finish(&diagnostics)
        guard node.mapping != nil, filter == nil || condition != nil else { return nil }
        guard !comparisons.isEmpty else {
            diagnostics.error("rule/operand", "`count` needs a comparison: eq, ne, lt, lte, gt or gte", at: node.span)
            return nil
        }
        return .count(condition, comparisons)
    }

    private static func duration(
        _ node: YAMLNode, _ name: OperatorName, _ diagnostics: inout FileDiagnostics
    ) -> Operation.Argument? {
        if node.mapping != nil { return operand(node, list: false, name, &diagnostics).map { .operand($0) } }
        if let duration = node.text.flatMap({ Operation.Duration($0) }) { return .duration(duration) }
        diagnostics.error("rule/operand", "a span of time is written like 90d, 12h or 4w", at: node.span)
        return nil
    }

    private static func reference(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> TableReference? {
        var map = YAMLMapReader(node, of: "a column", area: "rule", &diagnostics)
        let table = map.string("table", required: true, &diagnostics)
        let column = map.string("column", required: true, &diagnostics)
        map.finish(&diagnostics)
        guard let table, let column else { return nil }
        return TableReference(table: table, column: column, span: map.span(of: "column") ?? node.span)
    }

    /// `{table: T, column: C, OPERATOR: OPERAND, ...}`: the operators apply to the cell.
    private static func lookup(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Operation.Argument? {
        guard let pairs = node.mapping else {
            diagnostics.error(
                "rule/operand", "`lookup` takes a map, not \(node.kind)", at: node.span,
                help: "write {table: name, column: name, OPERATOR: OPERAND}")
            return nil
        }
        let isPlace = { (pair: YAMLNode.Pair) in pair.key.text == "table" || pair.key.text == "column" }
        var place = node
        place.content = .mapping(pairs.filter(isPlace))
        var test = Condition.Test(
            path: Path(kind: .this, text: "this", span: node.span), operations: [], ifAbsent: nil, span: node.span)
        for pair in pairs where !isPlace(pair) {
            guard let operation = parse(pair, &diagnostics) else { return nil }
            test.operations.append(operation)
        }
        guard let reference = reference(place, &diagnostics) else { return nil }
        guard !test.operations.isEmpty else {
            diagnostics.error("rule/operand", "`lookup` needs an operator for the cell that it finds", at: node.span)
            return nil
        }
        return .lookup(reference, .test(test))
    }
}
