internal import Documents

extension Operation {
    /// The operator as it could stand in a rule, without the conditions in it: `in: ["a","b"]`.
    var text: String {
        switch argument {
        case .flag(let flag): "\(name.rawValue): \(flag)"
        case .operand(let operand): "\(name.rawValue): \(operand.text)"
        case .quantified(_, let binding): binding.map { "\(name.rawValue) as \($0)" } ?? name.rawValue
        case .count(_, let comparisons):
            (["count"] + comparisons.map { "\($0.name.rawValue) \($0.operand.text)" }).joined(separator: " ")
        case .duration(let duration): "\(name.rawValue): \(duration.text)"
        case .cidrClass(let kind): "\(name.rawValue): \(kind.rawValue)"
        case .lookup(let reference, _): "\(name.rawValue): {table: \(reference.table), column: \(reference.column)}"
        case .blocks(let blocks): "\(name.rawValue): [\(blocks.map(\.description).joined(separator: ", "))]"
        case .prefixLength(let query):
            "\(name.rawValue): {\(query.comparisons.map { "\($0.order.rawValue): \($0.length)" }.joined(separator: ", "))}"
        case .coversWorld: "\(name.rawValue): world"
        case .ingress(let query): "\(name.rawValue): {allows: \(query.text)}"
        case .grants(let query): "\(name.rawValue): {actions: [\(query.actions.joined(separator: ", "))], ...}"
        }
    }
}

extension IngressQuery {
    var text: String {
        var parts: [String] = []
        switch ports {
        case .any: break
        case .all: parts.append("ports: all")
        case .listed(let ranges):
            let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            parts.append("ports: [\(texts.joined(separator: ", "))]")
        }
        if `protocol` != .any { parts.append("protocol: \(`protocol`.rawValue)") }
        switch from {
        case .world: parts.append("from: world")
        case .public: parts.append("from: public")
        case .addresses: parts.append("from: [...]")
        }
        return "{\(parts.joined(separator: ", "))}"
    }
}

extension Operand {
    var text: String {
        switch self {
        case .literal(let value): value.text()
        case .parameter(let name, _): "{param: \(name)}"
        case .reference(let path): "{ref: $.\(path.text)}"
        case .column(let reference): "{table: \(reference.table), column: \(reference.column)}"
        }
    }
}
