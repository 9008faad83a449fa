internal import Documents
internal import HTTP

extension GitHubError {
    static let longestMessage = 300

    /// What GitHub's refusal of a request means.
    static func refusal(_ response: HTTPResponse, of request: APIRequest, hiding secrets: [String]) -> GitHubError {
        let message = message(in: response, hiding: secrets)
        let (code, help): (Code, String?) =
            switch response.status {
            case 401: (.unauthorized, unauthorizedHelp(request, message))
            case 403: (.forbidden, forbiddenHelp(response, request, message))
            case 404: (.notFound, "it is not there, or the token does not show it\(needs(request))")
            case 422: (.unprocessable, nil)
            case 429: (.forbidden, nil)
            case 500...: (.server, "GitHub's state: https://www.githubstatus.com")
            default: (.refused, nil)
            }
        return GitHubError(code, message, help: help, call: request.call, status: response.status)
    }

    /// GitHub's message with its details, on one inert line.
    static func message(in response: HTTPResponse, hiding secrets: [String]) -> String {
        guard let json = try? JSON.parse(response.body), let message = json["message"]?.string else {
            return response.status >= 500 ? "GitHub failed" : "GitHub gave no reason"
        }
        let details = (json["errors"]?.array ?? []).prefix(5).compactMap { error -> String? in
            if let text = error.string ?? error["message"]?.string { return text }
            let parts = ["resource", "field", "code"].compactMap { error[$0]?.string }
            return parts.isEmpty ? nil : parts.joined(separator: " ")
        }
        return clean(([message] + details).joined(separator: ": "), hiding: secrets)
    }

    /// One inert line without `secrets`, cut.
    static func clean(_ text: String, hiding secrets: [String]) -> String {
        var text = text
        for secret in secrets where secret.utf8.count >= 4 { text = text.replacing(secret, with: "[redacted]") }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").inert
        return line.unicodeScalars.count > longestMessage
            ? String(String.UnicodeScalarView(line.unicodeScalars.prefix(longestMessage))) + "…" : line
    }

    private static func needs(_ request: APIRequest) -> String {
        guard let permission = request.needs else { return "" }
        return "; a workflow's job needs `permissions: {\(permission.workflowLine)}`, "
            + "a GitHub App or a token the same permission"
    }

    private static func unauthorizedHelp(_ request: APIRequest, _ message: String) -> String {
        if request.authorization == .app {
            return message.contains("claim")
                ? "the clock of this machine may be wrong: GitHub checks the times in an App's token"
                : "the App's id and its private key have to belong together"
        }
        return "the token is not valid, or not any more; a workflow's token ends with its job"
    }

    private static func forbiddenHelp(_ response: HTTPResponse, _ request: APIRequest, _ message: String) -> String? {
        if response.header("X-GitHub-SSO") != nil {
            return "the token has to be authorised for the organisation's single sign-on"
        }
        guard message.hasPrefix("Resource not accessible") || message.contains("GitHub App") else { return nil }
        guard let permission = request.needs else { return "the token lacks a permission" }
        return "the token lacks `\(permission.workflowLine)`: set it under `permissions:` of the job, or for the "
            + "GitHub App or token; pull requests from forks have a token that only reads"
    }
}
