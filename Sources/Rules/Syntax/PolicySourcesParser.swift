internal import Documents

/// Reads the condition `documents`.
struct PolicySourcesParser {
    static let operators: [OperatorName] = [.allows, .denies, .admin, .privilegeEscalation]

    /// Every fault becomes a diagnostic; nil stands for what could not be read.
    static func parse(_ pair: YAMLNode.Pair, _ diagnostics: inout FileDiagnostics) -> Condition? {
        guard let pairs = pair.value.mapping else {
            diagnostics.error(
                "rule/type", "`documents` must be a map, not \(pair.value.kind)", at: pair.value.span,
                help: "write {of: [PATH, ...], admin: true}")
            return nil
        }
        var map = YAMLMapReader(pair.value, of: "`documents`", area: "rule", &diagnostics)
        let granting = map.node("of", required: true, &diagnostics).flatMap { ways($0, &diagnostics) }
        let boundaryNode = map.node("boundary", &diagnostics)
        let boundary = boundaryNode.flatMap { way($0, &diagnostics) }
        var isGood = granting != nil && (boundary != nil) == (boundaryNode != nil)
        var operations: [Operation] = []
        for name in operators {
            guard map.node(name.rawValue, &diagnostics) != nil else { continue }
            let entry = pairs.first { $0.key.text == name.rawValue }
            if let operation = entry.flatMap({ OperationParser.parse($0, &diagnostics) }) {
                operations.append(operation)
            } else {
                isGood = false
            }
        }
        map.finish(&diagnostics)
        let isKnown = pairs.allSatisfy { entry in
            ["of", "boundary"].contains(entry.key.text) || operators.contains { $0.rawValue == entry.key.text }
        }
        guard isGood, isKnown, let granting else { return nil }
        guard !operations.isEmpty else {
            diagnostics.error(
                "rule/operand", "`documents` has no operator", at: pair.key.span,
                help: "one of: \(operators.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        let text = granting.map(\.text).joined(separator: ", ")
        let path = Path(
            kind: .documents(PolicySources(granting: granting, boundary: boundary)),
            text: "documents [\(text)]" + (boundary.map { " within \($0.text)" } ?? ""), span: pair.key.span)
        return .test(Condition.Test(path: path, operations: operations, ifAbsent: nil, span: pair.key.span))
    }

    private static func ways(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [PolicySources.Way]? {
        guard let nodes = node.sequence, !nodes.isEmpty else {
            diagnostics.error(
                "rule/operand", "`of` takes a list of paths to policy documents that is not empty", at: node.span,
                help: node.text.map { "write [\($0)]" })
            return nil
        }
        let ways = nodes.map { way($0, &diagnostics) }
        var seen: Set<[PolicySources.Way.Step]> = []
        for case let way? in ways where !seen.insert(way.steps).inserted {
            diagnostics.error("rule/operand", "`\(way.text)` stands twice", at: way.span)
            return nil
        }
        return ways.contains { $0 == nil } ? nil : ways.compactMap { $0 }
    }

    private static func way(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> PolicySources.Way? {
        if let text = node.text, let way = PolicySources.Way(text, span: node.span) { return way }
        diagnostics.error(
            "rule/path", "\(node.text.map { "`\($0)`" } ?? node.kind) is no path to policy documents", at: node.span,
            help: "write members with dots between them; a relation is related.NAME")
        return nil
    }
}
