import Documents
import Testing

@testable import Rules

/// IAM's evaluation of one request, written from its documentation and not from the code under test: slow and plain.
struct PolicyOracle {
    struct Request: CustomStringConvertible {
        /// `aws:111122223333:role/reader`, `service:NAME`, `anonymous`.
        var kind: String
        var account: String?
        var arn: String?
        var service: String?
        var action = ""
        var resource = ""
        /// By key, in lower case.
        var context: [String: String] = [:]

        var description: String { "\(kind) \(action) \(resource) \(context.sorted { $0.key < $1.key })" }
    }

    /// Whether a policy allows the request, a Deny before all.
    static func allows(_ documents: [JSON], boundary: JSON? = nil, _ request: Request) -> Bool {
        let all = documents.flatMap(statements)
        let bounds = boundary.map(statements)
        for statement in all + (bounds ?? []) where statement["Effect"] == "Deny" && applies(statement, request) {
            return false
        }
        guard all.contains(where: { $0["Effect"] == "Allow" && applies($0, request) }) else { return false }
        return bounds.map { $0.contains { $0["Effect"] == "Allow" && applies($0, request) } } ?? true
    }

    static func denies(_ document: JSON, _ request: Request) -> Bool {
        statements(document).contains { $0["Effect"] == "Deny" && applies($0, request) }
    }

    private static func statements(_ document: JSON) -> [JSON] {
        let value = document["Statement"] ?? []
        return value.array ?? [value]
    }

    private static func applies(_ statement: JSON, _ request: Request) -> Bool {
        let who: Bool
        if let named = statement["Principal"] {
            who = isNamed(named, request)
        } else if let excepted = statement["NotPrincipal"] {
            who = !isNamed(excepted, request)
        } else {
            who = true
        }
        return who
            && isListed(statement, "Action", request.action.lowercased()) { $0.lowercased() }
            && isListed(statement, "Resource", request.resource) { $0 }
            && conditionsHold(statement["Condition"], request)
    }

    private static func texts(_ value: JSON) -> [String] { (value.array ?? [value]).compactMap(\.string) }

    private static func isNamed(_ value: JSON, _ request: Request) -> Bool {
        if value == "*" { return true }
        return (value.object ?? [:]).contains { kind, names in
            texts(names).contains { name in
                switch kind {
                case "AWS":
                    name == "*" || name == request.account || name == "arn:aws:iam::\(request.account ?? "none"):root"
                        || name == request.arn
                case "Service": name == request.service
                default: false
                }
            }
        }
    }

    private static func isListed(_ statement: JSON, _ element: String, _ text: String, _ fold: (String) -> String)
        -> Bool
    {
        if let listed = statement[element] { return texts(listed).contains { isMatch(fold($0), text) } }
        if let excepted = statement["Not" + element] {
            return !texts(excepted).contains { isMatch(fold($0), text) }
        }
        return true
    }

    private static func isMatch(_ pattern: String, _ text: String) -> Bool {
        if pattern == "*" { return true }
        guard pattern.utf8.contains(UInt8(ascii: "*")) || pattern.utf8.contains(UInt8(ascii: "?")) else {
            return pattern == text
        }
        return GlobTests.matches(pattern[...], text[...])
    }

    private static func conditionsHold(_ block: JSON?, _ request: Request) -> Bool {
        (block?.object ?? [:]).allSatisfy { name, keys in
            (keys.object ?? [:]).allSatisfy { key, values in
                let values = (values.array ?? [values]).map { value in
                    value.string ?? value.bool.map { $0 ? "true" : "false" } ?? ""
                }
                return holds(name.lowercased(), request.context[key.lowercased()], values)
            }
        }
    }

    private static func holds(_ name: String, _ value: String?, _ wanted: [String]) -> Bool {
        if name == "null" { return wanted.contains { ($0 == "true") == (value == nil) } }
        if let rest = name.split(separator: ":").dropFirst().first.map(String.init) {
            guard value != nil else { return name.hasPrefix("forall") }
            return holds(rest, value, wanted)
        }
        if name.hasSuffix("ifexists") { return value == nil || holds(String(name.dropLast(8)), value, wanted) }
        if name.contains("not") {
            let positive = name.replacing("not", with: "")
            return value == nil || !holds(positive, value, wanted)
        }
        guard let value else { return false }
        return wanted.contains { one in
            switch name {
            case "stringequals", "bool": one == value
            case "stringlike": isMatch(one, value)
            case "arnlike", "arnequals": isARNMatch(one, value)
            case "ipaddress": AddressBlock(one).flatMap { block in AddressBlock(value).map(block.contains) } ?? false
            case "numericlessthan": (Double(value) ?? .infinity) < (Double(one) ?? 0)
            default: fatalError(name)
            }
        }
    }

    private static func isARNMatch(_ pattern: String, _ text: String) -> Bool {
        let a = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let b = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return a.count == b.count && zip(a, b).allSatisfy { GlobTests.matches($0, $1) }
    }
}
