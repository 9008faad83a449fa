public import Documents

/// Reads `params:`.
enum ParameterParser {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [Rule.Parameter] {
        guard let pairs = node.mapping else {
            diagnostics.error("rule/type", "`params` must be a map, not \(node.kind)", at: node.span)
            return []
        }
        return pairs.compactMap { pair in
            var map = YAMLMapReader(pair.value, of: "a parameter", area: "rule", &diagnostics)
            let kind = map.choice("type", of: Rule.Parameter.Kind.self, required: true, &diagnostics)
            let value = map.node("default", required: true, &diagnostics)
            let minimum = map.integer("min", in: Int64.min...Int64.max, &diagnostics)
            let maximum = map.integer("max", in: Int64.min...Int64.max, &diagnostics)
            map.finish(&diagnostics)
            guard let kind, let value, let name = pair.key.text else { return nil }
            let parameter = Rule.Parameter(
                name: name, kind: kind, value: value.json, minimum: minimum, maximum: maximum)
            guard let fault = parameter.fault(in: value.json) else { return parameter }
            diagnostics.error("rule/parameter", "the default of `\(name)` \(fault)", at: value.span)
            return nil
        }
    }
}

extension Rule.Parameter {
    /// Why a value cannot stand for the parameter; nil where it can.
    public func fault(in candidate: JSON) -> String? {
        let numbers: [Double]
        switch kind {
        case .integer:
            guard let integer = candidate.integer else { return "must be a whole number, not \(candidate.kind)" }
            numbers = [Double(integer)]
        case .number:
            guard let number = candidate.number else { return "must be a number, not \(candidate.kind)" }
            numbers = [number]
        case .boolean:
            guard candidate.bool != nil else { return "must be true or false, not \(candidate.kind)" }
            numbers = []
        case .string:
            guard candidate.string != nil else { return "must be text, not \(candidate.kind)" }
            numbers = []
        case .duration:
            guard candidate.string.flatMap({ Operation.Duration($0) }) != nil else {
                return "must be a span of time like 90d, 12h or 4w"
            }
            numbers = []
        case .strings:
            guard let list = candidate.array, list.allSatisfy({ $0.string != nil }) else {
                return "must be a list of texts"
            }
            numbers = []
        case .integers:
            guard let list = candidate.array, list.allSatisfy({ $0.integer != nil }) else {
                return "must be a list of whole numbers"
            }
            numbers = list.compactMap(\.number)
        }
        if let minimum, numbers.contains(where: { $0 < Double(minimum) }) { return "must be at least \(minimum)" }
        if let maximum, numbers.contains(where: { $0 > Double(maximum) }) { return "must be at most \(maximum)" }
        return nil
    }
}
