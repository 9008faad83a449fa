import AWSModels
import Documents
import HTTP
import Testing

@testable import AWS

@Suite(.enabled(if: Suites.isPresent, Comment(rawValue: Suites.missing)))
struct ProtocolOutputSuiteTests {
    /// Cases that fail, and why that is accepted.
    static let knownFailures: [String: String] = [
        "RestJsonHttpPayloadTraitsWithNoBlobBody": "an empty blob is a value, as in botocore",
        "HttpPayloadTraitsWithNoBlobBody": "an empty blob is a value, as in botocore",
        "RestJsonDeserializesDenseSetMapAndSkipsNull": "botocore's models do not say which maps may hold nulls",
        "MediaTypeHeaderOutputBase64": "a JSON header is parsed, the suite keeps its text",
        "json RPC JSON Event Stream 0": "no event streams",
        "rest-xml REST XML Event Stream 0": "no event streams",
        "rest-xml REST XML Event Stream 1": "no event streams",
        "rest-xml REST XML Event Stream 2": "no event streams",
    ]

    @Test(arguments: ["protocols/output", "protocols/legacy/output"])
    func outputs(_ folder: String) throws {
        var tally = SuiteTally("\(folder), outputs")
        try forEachCase(folder) { id, suite, item in
            guard item["errorCode"] == nil, item["error"] == nil else { return }
            let (model, operation) = try SuiteModel.model(suite: suite, given: item["given"] ?? .null)
            let wanted = SuiteValues(model: model).canonical(item["result"] ?? [:], operation.output)
            do {
                let found = try ResponseDecoder(model: model).decode(operation, Self.response(item))
                tally.count(id, found == wanted, "\(found.text()) instead of \(wanted.text())")
            } catch {
                tally.count(id, false, "\(error)")
            }
        }
        tally.finish(known: Self.knownFailures)
    }

    @Test(arguments: ["protocols/output", "protocols/legacy/output"])
    func errors(_ folder: String) throws {
        var tally = SuiteTally("\(folder), errors")
        try forEachCase(folder) { id, suite, item in
            guard let code = item["errorCode"]?.string else { return }
            let (model, _) = try SuiteModel.model(suite: suite, given: item["given"] ?? .null)
            let found = ErrorDecoder(model: model).decode(Self.response(item))
            let message = item["errorMessage"]?.string
            tally.count(id, found.code == code && message.map { $0 == found.message } ?? true, "\(found)")
        }
        tally.finish(known: Self.knownFailures)
    }

    private static func response(_ item: JSON) -> HTTPResponse {
        let response = item["response"] ?? .null
        return HTTPResponse(
            status: Int(response["status_code"]?.integer ?? 0),
            headers: (response["headers"]?.object ?? [:]).map { ($0.key, $0.value.string ?? "") },
            body: Array((response["body"]?.string ?? "").utf8))
    }
}

/// Calls `body` for each case of the files in `folder`, with a name for it.
func forEachCase(_ folder: String, _ body: (String, JSON, JSON) throws -> Void) throws {
    for file in try Suites.files(folder) {
        for (index, suite) in (try Suites.load("\(folder)/\(file)").array ?? []).enumerated() {
            for (offset, item) in (suite["cases"]?.array ?? []).enumerated() {
                let number = "\(file.dropLast(5)) \(suite["description"]?.string ?? String(index)) \(offset)"
                try body(item["id"]?.string ?? number, suite, item)
            }
        }
    }
}
