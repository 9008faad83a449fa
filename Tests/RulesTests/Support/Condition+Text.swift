import Documents

@testable import Rules

extension Condition {
    /// Nearly the YAML that it could have been.
    var description: String {
        switch self {
        case .all(let parts): "{all: \(parts.map(\.description))}"
        case .any(let parts): "{any: \(parts.map(\.description))}"
        case .not(let inner): "{not: \(inner.description)}"
        case .use(let name, _): "{use: \(name)}"
        case .test(let test):
            "{\(test.path.kind): \(test.operations.map(\.text))\(test.ifAbsent.map { " if_absent \($0.text())" } ?? "")}"
        }
    }
}

extension Rules.Operation {
    var text: String {
        switch argument {
        case .flag(let flag): "\(name) \(flag)"
        case .operand(let operand): "\(name) \(operand.text)"
        case .quantified(let inner, _): "\(name) \(inner.description)"
        case .count(let inner, let list):
            "count where \(inner.map(\.description) ?? "-") \(list.map { "\($0.name) \($0.operand.text)" })"
        case .duration(let duration): "\(name) \(duration.text)"
        case .cidrClass(let kind): "\(name) \(kind)"
        case .grants: "\(name) ..."
        }
    }
}

extension Operand {
    var text: String {
        switch self {
        case .literal(let value): value.text()
        case .parameter(let name, _): "param \(name)"
        case .reference(let path): "ref \(path.kind)"
        }
    }
}
