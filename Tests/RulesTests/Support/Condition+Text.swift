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
