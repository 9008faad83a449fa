import AWSModels
import Documents
import Testing

@testable import AWS

@Suite(.enabled(if: Suites.isPresent, Comment(rawValue: Suites.missing)))
struct ProtocolInputSuiteTests {
    @Test(arguments: ["protocols/input", "protocols/legacy/input"])
    func inputs(_ folder: String) throws {
        var tally = SuiteTally("\(folder)")
        try forEachCase(folder, &tally) { tally, id, suite, item in
            do {
                let (model, operation) = try SuiteModel.model(suite: suite, given: item["given"] ?? .null)
                let input = SuiteValues(model: model).canonical(item["params"] ?? [:], operation.input)
                let encoder = RequestEncoder(model: model) { "00000000-0000-4000-8000-000000000000" }
                let request = try encoder.encode(operation, input)
                let problem = Self.problem(
                    request, item["serialized"] ?? .null, model.wireProtocol, Self.endpoint(suite))
                tally.count(id, problem == nil, problem ?? "")
            } catch {
                tally.count(id, false, "\(error)")
            }
        }
        tally.finish()
    }

    /// Where the request is not the wanted one; nil where it is.
    private static func problem(
        _ found: EncodedRequest, _ wanted: JSON, _ wire: WireProtocol, _ endpoint: String
    ) -> String? {
        if let method = wanted["method"]?.string, method != found.method { return "method \(found.method)" }
        let uri = (wanted["uri"]?.string ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = endpoint.drop { $0 != "/" } + found.path
        if uri[0] != path { return "path \(path) instead of \(uri[0])" }
        let query = pairs(uri.count > 1 ? uri[1] : "")
        let foundQuery = found.query.map { "\($0.name)=\($0.value)" }.sorted()
        if query != foundQuery { return "query \(foundQuery) instead of \(query)" }
        for (name, value) in wanted["headers"]?.object ?? [:] {
            let header = found.headers.first { $0.name.lowercased() == name.lowercased() }?.value
            if header.map(plainHeader) != value.string.map(plainHeader) {
                return "header \(name): \(header ?? "none") instead of \(value.text())"
            }
        }
        for name in wanted["forbidHeaders"]?.array?.compactMap(\.string) ?? [] {
            if found.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) { return "header \(name)" }
        }
        for name in wanted["requireHeaders"]?.array?.compactMap(\.string) ?? [] where name != "Content-Length" {
            if !found.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) { return "no \(name)" }
        }
        if let host = wanted["host"]?.string, !endpoint.isEmpty, host != found.hostPrefix + endpoint {
            return "host \(found.hostPrefix)\(endpoint) instead of \(host)"
        }
        guard let body = wanted["body"]?.string else { return nil }
        let foundBody = String(decoding: found.body, as: UTF8.self)
        return isSame(foundBody, body, wire) ? nil : "body \(foundBody) instead of \(body)"
    }

    private static func isSame(_ found: String, _ wanted: String, _ wire: WireProtocol) -> Bool {
        if found == wanted { return true }
        switch wire {
        case .query, .ec2: return FormTree(pairs(found)).canonical == FormTree(pairs(wanted)).canonical
        case .json, .restJSON:
            guard let left = try? JSON.parse(found), let right = try? JSON.parse(wanted) else { return false }
            return left == right
        case .restXML:
            guard let left = try? XMLElement.parse(Array(found.utf8)),
                let right = try? XMLElement.parse(Array(wanted.utf8))
            else { return false }
            return canonical(left) == canonical(right)
        }
    }

    /// Host and path of an endpoint of one's own.
    private static func endpoint(_ suite: JSON) -> String {
        (suite["clientEndpoint"]?.string ?? "").replacing("https://", with: "")
    }

    /// The suites do not agree on the character set, nor on spaces in lists.
    private static func plainHeader(_ value: String) -> String {
        value.replacing("; charset=utf-8", with: "").replacing(", ", with: ",")
    }

    private static func pairs(_ text: some StringProtocol) -> [String] {
        text.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return sides.map { PercentEncoding.decode($0) }.joined(separator: "=") + (sides.count == 1 ? "=" : "")
        }.sorted()
    }

    /// The order of members does not matter, nor does white space between them.
    private static func canonical(_ element: XMLElement) -> String {
        let children = element.children.map(canonical).sorted().joined()
        let attributes = element.attributes.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: " ")
        return "<\(element.name) \(attributes)>\(element.children.isEmpty ? element.text : "")\(children)</>"
    }
}
