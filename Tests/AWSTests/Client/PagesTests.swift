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
