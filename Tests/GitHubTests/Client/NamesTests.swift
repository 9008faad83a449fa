import Documents
import Testing

@testable import GitHub

@Suite struct NamesTests {
    @Test(arguments: [
        ([:], "https://api.github.com", "https://github.com", "https://api.github.com/graphql"),
        (
            ["GITHUB_API_URL": "https://git.acme.example/api/v3/", "GITHUB_SERVER_URL": "https://git.acme.example"],
            "https://git.acme.example/api/v3", "https://git.acme.example", "https://git.acme.example/api/graphql"
        ),
        (
            ["GITHUB_SERVER_URL": "https://git.acme.example/"], "https://git.acme.example/api/v3",
            "https://git.acme.example", "https://git.acme.example/api/graphql"
        ),
        (
            ["GITHUB_API_URL": "https://git.acme.example/api/v3", "GITHUB_SERVER_URL": ""],
            "https://git.acme.example/api/v3", "https://git.acme.example", "https://git.acme.example/api/graphql"
        ),
        (
            ["GITHUB_SERVER_URL": "https://acme.ghe.com"], "https://api.acme.ghe.com", "https://acme.ghe.com",
            "https://api.acme.ghe.com/graphql"
        ),
        (
            ["GITHUB_API_URL": "https://api.github.com"], "https://api.github.com", "https://github.com",
            "https://api.github.com/graphql"
        ),
    ])
    func serversAreFound(environment: [String: String], root: String, server: String, graphQL: String) throws {
        let api = try GitHubAPI(environment: environment)
        #expect(api.root == root)
        #expect(api.server == server)
        #expect(api.graphQL == graphQL)
    }

    @Test(arguments: [
        "http://git.acme.example/api/v3", "ftp://x", "git.acme.example", "https://user@git.acme.example", "https://",
        "https://x?y", "https://a b", "https://a:0",
    ])
    func otherAddressesAreRefused(url: String) {
        let error = #expect(throws: GitHubError.self) { try GitHubAPI(environment: ["GITHUB_API_URL": url]) }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test(arguments: ["a", "a/b/c", "/b", "a/", "a/..", "../b", "a/b?c", "a/b c", "a/\u{E4}", "", "a/b\n"])
    func noRepositories(text: String) { #expect(RepositoryName(text) == nil) }

    @Test func repositoriesAreEqualWhateverTheCase() {
        #expect(RepositoryName("Acme/Posture") == RepositoryName("acme/posture"))
        #expect(RepositoryName("Acme/Posture") != RepositoryName("acme/posture2"))
    }

    @Test(arguments: [
        (["GITHUB_TOKEN": "ghs_x", "GITHUB_ACTIONS": "true"], "actions"),
        (["GITHUB_TOKEN": "opaque", "GITHUB_ACTIONS": "true"], "actions"),
        (["GITHUB_TOKEN": "ghp_x", "GITHUB_ACTIONS": "true"], "personal"),
        (["GITHUB_TOKEN": "github_pat_x", "GITHUB_ACTIONS": "true"], "personal"),
        (["GITHUB_TOKEN": "ghs_x"], "installation"), (["GITHUB_TOKEN": "ghp_x"], "personal"),
        (["GH_TOKEN": "ghs_x", "GITHUB_ACTIONS": "true"], "installation"),
        (["GH_TOKEN": "opaque", "GITHUB_TOKEN": ""], "personal"), ([:], "none"),
    ])
    func credentialsAreToldApart(environment: [String: String], kind: String) throws {
        let found =
            switch try GitHubCredentials(environment: environment) {
            case .actions: "actions"
            case .installation: "installation"
            case .personal: "personal"
            case .app: "app"
            case nil: "none"
            }
        #expect(found == kind)
    }

    @Test(arguments: [
        ["GITHUB_TOKEN": "a\nb"], ["PARAPET_GITHUB_APP_ID": "1", "GITHUB_TOKEN": "x"],
        ["PARAPET_GITHUB_APP_ID": "1", "PARAPET_GITHUB_APP_PRIVATE_KEY": "secretsecret"],
    ])
    func faultyCredentialsAreNotPassedOver(environment: [String: String]) {
        let error = #expect(throws: GitHubError.self) { try GitHubCredentials(environment: environment) }
        #expect(error?.description.contains("secretsecret") == false)
    }

    @Test(arguments: ["a b", "a--b", "x\n-->", "", String(repeating: "k", count: 200), "a//b"])
    func markersHoldAnyKey(key: String) {
        let line = CommentMarker(key).line
        #expect(line.utf8.count == "<!-- parapet:  -->".utf8.count + 64)
        #expect(!line.contains("\n"))
        #expect(CommentMarker(key).line != CommentMarker(key + "x").line)
    }

    @Test func aMarkerIsTheWholeFirstLine() {
        let marker = CommentMarker("acme/prod")
        for body in ["\(marker.line)\ntext", "\(marker.line)\r\ntext", marker.line] { #expect(marker.marks(body)) }
        for body in [
            " \(marker.line)\n", "\(marker.line) x", "x\n\(marker.line)", "", marker.retire("\(marker.line)\nx"),
        ] {
            #expect(!marker.marks(body))
        }
        #expect(marker.retire("\(marker.line)\r\ntext").utf8.count == "\(marker.line)\r\ntext".utf8.count)
    }
}
