import Documents
import HTTP
import Testing

@testable import AWS

struct PagesTests {
    private func page(_ names: [String], marker: String?) -> ScriptedTransport.Answer {
        let users = names.map { "<member><UserName>\($0)</UserName></member>" }.joined()
        let more = marker.map { "<IsTruncated>true</IsTruncated><Marker>\($0)</Marker>" }
        let body = "<Users>\(users)</Users>\(more ?? "<IsTruncated>false</IsTruncated>")"
        return .response(200, "<R><ListUsersResult>\(body)</ListUsersResult></R>", [:])
    }

    @Test func joinsPages() async throws {
        let (client, transport) = Fixtures.client([
            page(["a", "b"], marker: "m1"), page(["c"], marker: "m2"), page([], marker: nil),
        ])
        let result = try await client.callAllPages("iam", "ListUsers", region: "us-east-1")
        #expect(result == ["Users": [["UserName": "a"], ["UserName": "b"], ["UserName": "c"]]])
        #expect(transport.requests.map { String(decoding: $0.body, as: UTF8.self).contains("Marker=m2") }.last == true)
    }

    @Test func refusesRepeatedTokens() async throws {
        let (client, _) = Fixtures.client([page(["a"], marker: "same")])
        await #expect { try await client.callAllPages("iam", "ListUsers", region: "us-east-1") } throws: { error in
            "\(error)".contains("repeated page token")
        }
    }

    private func code(_ answers: [ScriptedTransport.Answer], _ change: (inout AWSClient.Configuration) -> Void) async
        -> AWSError.Code?
    {
        var configuration = AWSClient.Configuration()
        configuration.clock = Delays().clock
        change(&configuration)
        let client = AWSClient(
            transport: ScriptedTransport(answers), models: Fixtures.models,
            credentials: StaticCredentialProvider(Fixtures.credentials), configuration: configuration)
        do throws(AWSError) {
            _ = try await client.callAllPages("iam", "ListUsers", region: "us-east-1")
            return nil
        } catch {
            return error.code
        }
    }

    @Test func refusesTokensThatComeInCircles() async {
        let answers = ["m1", "m2", "m3", "m1"].map { page(["a"], marker: $0) } + [page(["a"], marker: nil)]
        #expect(await code(answers) { _ in } == .repeatedPageToken)
    }

    @Test func refusesPagesWithoutEnd() async {
        let answers = (0..<8).map { page(["a"], marker: "m\($0)") } + [page(["a"], marker: nil)]
        #expect(await code(answers) { $0.maximumPages = 8 } == .tooManyPages)
        #expect(await code(answers) { $0.maximumPages = 9 } == nil)
    }

    @Test func refusesPagesWithoutItems() async {
        let empty = (0..<4).map { page([], marker: "m\($0)") }
        #expect(await code(empty + [page(["a"], marker: nil)]) { $0.maximumEmptyPages = 3 } == .emptyPages)
        #expect(await code(empty + [page(["a"], marker: nil)]) { $0.maximumEmptyPages = 4 } == nil)
        // Only those count that follow each other.
        let mixed = empty.prefix(3) + [page(["a"], marker: "n")] + [page([], marker: "o"), page([], marker: nil)]
        #expect(await code(Array(mixed)) { $0.maximumEmptyPages = 3 } == nil)
    }

    @Test func refusesMoreBytesThanAResultMayHave() async {
        let answers = (0..<8).map { page(["a"], marker: "m\($0)") } + [page(["a"], marker: nil)]
        #expect(await code(answers) { $0.maximumResultSize = 1_000 } == .resultTooLarge)
        #expect(await code(answers) { $0.maximumResultSize = 2_000 } == nil)
    }

    @Test(arguments: [
        ("<IsTruncated>true</IsTruncated>", AWSError.Code.missingPageToken),
        ("<IsTruncated>true</IsTruncated><Marker></Marker>", .missingPageToken),
        // A token without the flag that belongs to it: there may be more.
        ("<Marker>m</Marker>", .repeatedPageToken),
        ("<IsTruncated>false</IsTruncated><Marker>m</Marker>", nil),
        ("", nil),
    ])
    func takesNoShortListForTheWhole(_ end: String, _ wanted: AWSError.Code?) async {
        let body =
            "<R><ListUsersResult><Users><member><UserName>a</UserName></member></Users>\(end)</ListUsersResult></R>"
        #expect(await code([.response(200, body, [:])]) { _ in } == wanted)
    }

    @Test func iteratesPages() async throws {
        let (client, _) = Fixtures.client([page(["a"], marker: "m1"), page(["b"], marker: nil)])
        var count = 0
        for try await page in client.pages("iam", "ListUsers", region: "us-east-1") {
            #expect(page["Users"]?.array?.count == 1)
            count += 1
        }
        #expect(count == 2)
    }

    @Test(arguments: [
        ("A || B", "1"), ("B", nil), ("Items[-1].Name", "y"), ("Outer.Inner", "2"), ("None || Items[-1].Name", "y"),
    ])
    func findsTokens(_ path: String, _ wanted: String?) {
        let json: JSON = ["A": "1", "B": "", "Items": [["Name": "x"], ["Name": "y"]], "Outer": ["Inner": "2"]]
        #expect(PagePath.find(path, in: json)?.string == wanted)
    }
}
