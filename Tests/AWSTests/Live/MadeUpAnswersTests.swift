import AWSModels
import Documents
import HTTP
import Testing

@testable import AWS

/// Every operation in the list, with every member of its input and output made up: what boto3 sends, Parapet sends, and what
/// boto3 reads, Parapet reads, on two pages where the operation has pages.
@Suite(.enabled(if: PythonServer.isInstalled, PythonServer.missing), .timeLimit(.minutes(10)))
struct MadeUpAnswersTests {
    @Test func sendsAndReadsWhatBoto3Does() async throws {
        let server = try PythonServer(script: "made_up_answers.py")
        defer { server.stop() }
        var paged = 0
        for answer in server.answers {
            let service = answer["service"]?.string ?? ""
            let operation = answer["operation"]?.string ?? ""
            let call = Comment(rawValue: "\(service):\(operation)")
            let client = try server.client(path: "/parapet/\(service)/\(operation)")
            let input = answer["input"] ?? [:]
            if answer["pages"]?[1] != nil { paged += 1 }
            do throws(AWSError) {
                var pages: [JSON] = []
                for try await page in client.pages(service, operation, input, region: "us-east-1") {
                    pages.append(page)
                }
                #expect(DocumentComparison.differences(.array(pages), answer["pages"]).prefix(8) == [], call)
            } catch {
                Issue.record(error, call)
            }
            await Self.compareTarget(service, operation, input, answer)
        }
        let all = try Fixtures.services.reduce(0) { try $0 + Fixtures.models.model($1).operations.count }
        #expect(server.answers.count == all)
        print("\(server.answers.count) operations sent and read like boto3, \(paged) of them on two pages")
        for difference in try await Self.differences(server) { Issue.record("\(difference)") }
    }

    /// The host, and the region and service of the signature, without an endpoint of one's own.
    private static func compareTarget(_ service: String, _ operation: String, _ input: JSON, _ answer: JSON) async {
        let (client, transport) = Fixtures.client([.response(404, "", [:])])
        _ = try? await client.call(service, operation, input, region: "eu-west-1")
        let request = transport.requests.first
        let host = request?.headers.first { $0.name == "Host" }?.value
        let authorization = request?.headers.first { $0.name == "Authorization" }?.value
        let scope = authorization?.split(separator: "/").dropFirst(2).prefix(2).joined(separator: "/")
        // boto3 asks S3's own host where a bucket is, Parapet the bucket's; both answer.
        if operation != "GetBucketLocation" { #expect(host == answer["host"]?.string, "\(service):\(operation)") }
        #expect(scope ?? "" == answer["scope"]?.string, "\(service):\(operation)")
    }

    private static func differences(_ server: PythonServer) async throws -> [String] {
        let request = HTTPRequest(method: "GET", url: server.url + "/differences", headers: [], body: [])
        let response = try await HTTPClient().send(request, timeouts: HTTPTimeouts())
        return try JSON.parse(response.body).array?.compactMap(\.string) ?? []
    }
}
