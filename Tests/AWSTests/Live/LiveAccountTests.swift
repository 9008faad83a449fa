import Documents
import Foundation
import Testing

@testable import AWS

/// Every operation that moto implements, called with Parapet's client and with boto3.
@Suite(.enabled(if: PythonServer.isInstalled, PythonServer.missing), .timeLimit(.minutes(10)))
struct LiveAccountTests {
    @Test func decodesWhatBoto3Decodes() async throws {
        let server = try PythonServer(script: "live_account.py")
        defer { server.stop() }
        let client = try server.client()
        var tally = Tally()
        for answer in server.answers { await Self.compare(answer, client, &tally) }
        print("\(tally.spoken.count) operations answered as to boto3, \(tally.paged.count) of them on several pages:")
        print(tally.spoken.sorted().joined(separator: " "))
        #expect(tally.spoken.count >= 300)
        #expect(tally.paged.count >= 40)
        try await Self.assumeRole(client)
    }

    struct Tally {
        /// Operations with an answer that said something.
        var spoken: Set<String> = []
        /// Operations with more than one page.
        var paged: Set<String> = []
    }

    /// moto answers with `{}` where a truth value is due.
    private static let illTyped: Set<String> = ["sesv2:GetConfigurationSet"]

    private static func compare(_ answer: JSON, _ client: AWSClient, _ tally: inout Tally) async {
        let service = answer["service"]?.string ?? ""
        let operation = answer["operation"]?.string ?? ""
        let input = answer["input"] ?? [:]
        let call = Comment(rawValue: "\(service):\(operation) \(input.text())")
        do throws(AWSError) {
            var pages: [JSON] = []
            for try await page in client.pages(service, operation, input, region: "us-east-1") { pages.append(page) }
            #expect(DocumentComparison.differences(.array(pages), answer["pages"]) == [], call)
            if let expected = answer["joined"] {
                let joined = try await client.callAllPages(service, operation, input, region: "us-east-1")
                #expect(DocumentComparison.differences(joined, expected, isPartial: true) == [], call)
            }
            if DocumentComparison.leaves(.array(pages)) > 0 { tally.spoken.insert("\(service):\(operation)") }
            if pages.count > 1 { tally.paged.insert("\(service):\(operation)") }
        } catch {
            let saysNothing = DocumentComparison.leaves(answer["pages"] ?? [:]) == 0
            if answer["error"] == nil, saysNothing || Self.illTyped.contains("\(service):\(operation)") {
                // boto3 takes an answer that says nothing for an empty one, and any value for a truth value.
                #expect(error.kind == .malformed, "\(call): \(error)")
            } else {
                #expect(error.code.rawValue == answer["error"]?.string, call)
            }
        }
    }

    private static func assumeRole(_ client: AWSClient) async throws {
        let role = client.roleProvider(
            try RoleSession(
                role: "arn:aws:iam::123456789012:role/first", name: "parapet-test",
                externalID: try ExternalID("tenant-1")), region: "us-east-1")
        let identity = try await client.using(role).call("sts", "GetCallerIdentity", region: "us-east-1")
        #expect(identity["Arn"]?.string?.hasSuffix("assumed-role/first/parapet-test") == true)
    }
}
