internal import Documents

extension GitHubClient {
    /// A question in GraphQL, which can be asked twice.
    func query(_ text: String) async throws(GitHubError) -> JSON {
        var request = graphQL(text, [:], needs: nil)
        request.isInternal = true
        return try Self.data(try await perform(request), request)
    }

    /// Hides a comment as outdated; which is no loss if done twice. False in a dry run.
    @discardableResult
    func minimize(_ nodeID: String) async throws(GitHubError) -> Bool {
        let text =
            "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) "
            + "{ minimizedComment { isMinimized } } }"
        let request = graphQL(text, ["id": .string(nodeID)], needs: .pullRequestsWrite)
        guard let answer = try await write(request) else { return false }
        let data = try Self.data(answer, request)
        guard data["minimizeComment"]?["minimizedComment"]?["isMinimized"]?.bool == true else {
            throw GitHubError(.forbidden, "GitHub did not hide the comment", call: request.call)
        }
        return true
    }

    private nonisolated func graphQL(_ text: String, _ variables: JSON, needs: Permission?) -> APIRequest {
        APIRequest(
            method: "POST", target: .graphQL, body: ["query": .string(text), "variables": variables], needs: needs)
    }

    /// GraphQL answers 200 to what it refuses.
    private static func data(_ answer: Answer, _ request: APIRequest) throws(GitHubError) -> JSON {
        if let first = answer.json["errors"]?[0] {
            throw GitHubError(
                .forbidden, GitHubError.clean(first["message"]?.string ?? "GitHub gave no reason", hiding: []),
                call: request.call, status: answer.status)
        }
        return answer.json["data"] ?? .null
    }
}
