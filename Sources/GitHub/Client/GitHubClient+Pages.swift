internal import Documents

extension GitHubClient {
    /// All items of a list, over all pages; fewer where `isEnough` says so of a page.
    ///
    /// - Parameters:
    ///   - path: without `per_page`.
    ///   - member: where the items stand, if the pages are no lists themselves.
    func list(
        _ path: String, member: String? = nil, needs: Permission? = nil,
        until isEnough: @Sendable ([JSON]) -> Bool = { _ in false }
    ) async throws(GitHubError) -> [JSON] {
        var request = APIRequest.get(path + (path.contains("?") ? "&" : "?") + "per_page=100", needs: needs)
        var items: [JSON] = []
        for _ in 0..<configuration.maximumPages {
            let answer = try await perform(request)
            guard let page = (member.map { answer.json[$0] } ?? answer.json)?.array else {
                throw GitHubError(.malformed, "GitHub's answer is no list", call: request.call, status: answer.status)
            }
            items += page
            guard let next = answer.next, !isEnough(page) else { return items }
            guard Origin(next) == api.origin else {
                throw GitHubError(
                    .untrustedAddress, "GitHub's next page is on another server, where no token is sent",
                    help: "GITHUB_API_URL has to be the address by which the server calls itself", call: request.call)
            }
            guard request.target != .url(next) else {
                throw GitHubError(.malformed, "GitHub's next page is the same page", call: request.call)
            }
            request.target = .url(next)
        }
        throw GitHubError(
            .tooManyPages, "the list has more than \(configuration.maximumPages) pages", call: request.call)
    }
}
