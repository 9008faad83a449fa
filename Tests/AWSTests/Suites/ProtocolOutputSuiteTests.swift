import AWSModels
import Documents
import HTTP
import Testing

@testable import AWS

@Suite(.enabled(if: Suites.isPresent, Comment(rawValue: Suites.missing)))
struct ProtocolOutputSuiteTests {
    private static let noStreams = "event streams, which no operation in use has"

    static let knownFailures: [String: String] = [
        "json RPC JSON Event Stream 0": noStreams, "rest-xml REST XML Event Stream 0": noStreams,
        "rest-xml REST XML Event Stream 1": noStreams, "rest-xml REST XML Event Stream 2": noStreams,
    ]

    @Test(arguments: ["protocols/output", "protocols/legacy/output"])
    func outputs(_ folder: String) throws {
        var tally = SuiteTally("\(folder), outputs")
        try forEachCase(folder, &tally, where: { $0["errorCode"] == nil && $0["error"] == nil }) {
            tally, id, suite, item in
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
        try forEachCase(folder, &tally, where: { $0["errorCode"] != nil }) { tally, id, suite, item in
            let code = item["errorCode"]?.string ?? "?"
            let (model, _) = try SuiteModel.model(suite: suite, given: item["given"] ?? .null)
            let found = ErrorDecoder(model: model).decode(Self.response(item))
            let message = item["errorMessage"]?.string
            tally.count(
                id, found.code == code && message.map { $0 == found.message } ?? true, "\(found)")
        }
        tally.finish()
    }

    private static func response(_ item: JSON) -> HTTPResponse {
        let response = item["response"] ?? .null
        return HTTPResponse(
            status: Int(response["status_code"]?.integer ?? 0),
            headers: (response["headers"]?.object ?? [:]).map { ($0.key, $0.value.string ?? "") },
            body: Array((response["body"]?.string ?? "").utf8))
    }
}

/// Calls `body` for each case of the files in `folder`, with a name for it. Counts those on the ignore list.
func forEachCase(
    _ folder: String, _ tally: inout SuiteTally, where isMeant: (JSON) -> Bool = { _ in true },
    _ body: (inout SuiteTally, String, JSON, JSON) throws -> Void
) throws {
    let direction = folder.hasSuffix("input") ? "input" : "output"
    for file in try Suites.files(folder).map({ String($0.dropLast(5)) }) {
        for (index, suite) in (try Suites.load("\(folder)/\(file).json").array ?? []).enumerated() {
            for (offset, item) in (suite["cases"]?.array ?? []).enumerated() where isMeant(item) {
                let id = item["id"]?.string
                if Suites.isIgnored(direction, file: file, suite: suite, id: id) {
                    tally.ignore()
                } else {
                    let number = "\(file) \(suite["description"]?.string ?? String(index)) \(offset)"
                    try body(&tally, id ?? number, suite, item)
                }
            }
        }
    }
}
