internal import Documents
internal import HTTP

/// GitHub's limits on how much is asked, and how long it wants us to wait.
enum RateLimit {
    /// Whether a refusal is one for a limit. The primary limit leaves nothing, secondary ones speak of themselves.
    static func applies(to response: HTTPResponse, _ error: GitHubError) -> Bool {
        switch response.status {
        case 429: return true
        case 403:
            let message = error.message.lowercased()
            if message.hasPrefix("resource not accessible") { return false }
            return response.header("Retry-After") != nil || message.contains("rate limit")
                || message.contains("abuse detection") || isUsedUp(response)
        default: return false
        }
    }

    /// `Retry-After`, else the moment at which the limit is set back, else a minute, doubled each time.
    static func delay(_ response: HTTPResponse, limits: Int, now: Timestamp) -> Duration {
        if let wish = seconds(response.header("Retry-After")) { return max(wish, .seconds(1)) }
        if isUsedUp(response), let reset = response.header("x-ratelimit-reset").flatMap({ Int64($0) }) {
            // By GitHub's clock, where it tells the time.
            let now = response.header("Date").flatMap { Timestamp($0) } ?? now
            return .seconds(min(max(reset - now.seconds, 0), 86_400) + 1)
        }
        return .seconds(60 << min(limits, 4))
    }

    /// A number of seconds; nil for anything else.
    static func seconds(_ text: String?) -> Duration? {
        text.flatMap { Int64($0) }.flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    }

    private static func isUsedUp(_ response: HTTPResponse) -> Bool {
        response.header("x-ratelimit-remaining") == "0"
    }
}
