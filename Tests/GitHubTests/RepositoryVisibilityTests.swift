import GitHub
import HTTP
import Testing

/// Answers every request with one status, and notes the address.
private struct OneAnswer: HTTPTransport {
    let status: Int

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse {
        HTTPResponse(status: request.url.hasSuffix("/repos/acme/posture") ? status : 500, headers: [], body: [])
    }
}

@Suite struct RepositoryVisibilityTests {
    @Test(arguments: [
        "https://github.com/acme/posture.git", "https://github.com/acme/posture",
        "https://user@github.com/acme/posture.git",
        "git@github.com:acme/posture.git", "ssh://git@github.com:22/acme/posture",
    ])
    func whatAnyoneCanReadIsPublic(url: String) async {
        #expect(
            await RepositoryVisibility.of(remote: url, api: nil, server: nil, using: OneAnswer(status: 200)) == .public)
        #expect(
            await RepositoryVisibility.of(remote: url, api: nil, server: nil, using: OneAnswer(status: 404))
                == .restricted)
    }

    @Test(arguments: [403, 429, 500, 302]) func anyOtherAnswerIsUnknown(status: Int) async {
        let visibility = await RepositoryVisibility.of(
            remote: "https://github.com/acme/posture", api: nil, server: nil, using: OneAnswer(status: status))
        guard case .unknown = visibility else {
            Issue.record("\(visibility)")
            return
        }
    }

    @Test(arguments: ["/srv/git/posture.git", "../posture", "file:///srv/git/posture.git"])
    func aFolderIsRestricted(url: String) async {
        #expect(
            await RepositoryVisibility.of(remote: url, api: nil, server: nil, using: OneAnswer(status: 200))
                == .restricted)
    }

    @Test(arguments: [
        "https://gitlab.example.com/acme/posture", "https://github.com.evil.example/acme/posture",
        "https://github.com/acme",
    ])
    func anotherServerIsUnknown(url: String) async {
        let visibility = await RepositoryVisibility.of(
            remote: url, api: nil, server: nil, using: OneAnswer(status: 404))
        guard case .unknown = visibility else {
            Issue.record("\(visibility)")
            return
        }
    }

    @Test func anEnterpriseServerIsAskedItself() async {
        let visibility = await RepositoryVisibility.of(
            remote: "https://git.acme.example/acme/posture", api: "https://git.acme.example/api/v3",
            server: "https://git.acme.example", using: OneAnswer(status: 200))
        #expect(visibility == .public)
    }
}
