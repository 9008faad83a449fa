internal import Documents
internal import HTTP

/// What an answer of GitHub, or its absence, means for a request.
enum Judgement: Sendable {
    case answer(GitHubClient.Answer)
    case failure(GitHubError)
    /// To the same request at another address of the same server.
    case redirect(String)
    /// Another try after some time.
    case wait(Duration, cause: GitHubError, isLimit: Bool)

    static let isOver = "the time for GitHub is over"
    static let mostRedirects = 5

    init(
        of result: Result<HTTPResponse, HTTPError>, to request: APIRequest, after tries: GitHubClient.Tries,
        configuration: GitHubClient.Configuration, api: GitHubAPI, secrets: [String]
    ) {
        let backoff = Backoff(tries: tries, configuration: configuration)
        switch result {
        case .failure(let error): self = Self.ofNoAnswer(error, request, backoff, configuration)
        case .success(let response):
            switch response.status {
            case 200..<300: self = Self.ofSuccess(response, request, backoff)
            case 301, 302, 307, 308: self = Self.ofRedirect(response, request, tries, api)
            default:
                let error = GitHubError.refusal(response, of: request, hiding: secrets)
                if RateLimit.applies(to: response, error) {
                    let delay = RateLimit.delay(response, limits: tries.limits, now: configuration.clock.time())
                    self = .wait(delay, cause: error, isLimit: true)
                } else if response.status >= 500 || response.status == 408 {
                    self = Self.ofTransient(
                        error, request, backoff, wish: RateLimit.seconds(response.header("Retry-After")))
                } else {
                    self = .failure(error)
                }
            }
        }
    }

    private static func ofSuccess(_ response: HTTPResponse, _ request: APIRequest, _ backoff: Backoff) -> Judgement {
        let json = response.body.isEmpty ? nil : try? JSON.parse(response.body)
        if json == nil, request.readsBody, response.status != 204 {
            var error = GitHubError(
                .malformed, "GitHub's answer is no JSON", call: request.call, status: response.status)
            if request.isRepeatable { return ofTransient(error, request, backoff) }
            error.effect = .applied
            return .failure(error)
        }
        return .answer(
            GitHubClient.Answer(
                status: response.status, json: json ?? .null,
                next: response.header("Link").flatMap { LinkHeader.next(in: $0) }))
    }

    private static func ofNoAnswer(
        _ error: HTTPError, _ request: APIRequest, _ backoff: Backoff, _ configuration: GitHubClient.Configuration
    ) -> Judgement {
        if error.message == isOver {
            return .failure(
                GitHubError(
                    .timeLimit, "not done: the \(configuration.timeLimit.components.seconds) s for GitHub are over",
                    help: "try again later, or allow more time", call: request.call))
        }
        let message = GitHubError.clean(error.message, hiding: [])
        switch error.code {
        case .cancelled: return .failure(GitHubError(.cancelled, "cancelled", call: request.call, effect: .unknown))
        case .invalidRequest, .bodyTooLarge: return .failure(GitHubError(.network, message, call: request.call))
        case .couldNotConnect, .couldNotResolve, .tls:
            // Nothing was sent: any request can be sent again.
            return backoff.isOver
                ? .failure(GitHubError(.network, message, call: request.call))
                : .wait(
                    backoff.delay, cause: GitHubError(.network, message, call: request.call), isLimit: false)
        default: return ofTransient(GitHubError(.network, message, call: request.call), request, backoff)
        }
    }

    /// A failure that may pass.
    private static func ofTransient(
        _ error: GitHubError, _ request: APIRequest, _ backoff: Backoff, wish: Duration? = nil
    ) -> Judgement {
        if request.isRepeatable, !backoff.isOver {
            return .wait(max(backoff.delay, wish ?? .zero), cause: error, isLimit: false)
        }
        var error = error
        if request.method != "GET", error.effect == .none { error.effect = .unknown }
        return .failure(error)
    }

    private static func ofRedirect(
        _ response: HTTPResponse, _ request: APIRequest, _ tries: GitHubClient.Tries, _ api: GitHubAPI
    ) -> Judgement {
        func refused(_ message: String) -> Judgement {
            .failure(
                GitHubError(.untrustedAddress, message, call: request.call, status: response.status))
        }
        guard tries.redirects < mostRedirects else { return refused("GitHub redirects again and again") }
        guard response.status != 302 || request.method == "GET" else { return refused("GitHub redirects a write") }
        guard let location = response.header("Location") else { return refused("GitHub redirects to nowhere") }
        let url = location.hasPrefix("/") && !location.hasPrefix("//") ? api.serverRoot + location : location
        guard Origin(url) == api.origin else {
            return refused("GitHub redirects to another server, where no token is sent")
        }
        return .redirect(url)
    }
}

/// How long to wait where GitHub fails: from one second, doubled each time, shortened at random by up to a half.
struct Backoff: Sendable {
    let tries: GitHubClient.Tries
    let configuration: GitHubClient.Configuration

    var isOver: Bool { tries.failures + 1 >= configuration.maximumAttempts }

    var delay: Duration {
        let longest = min(30_000, 1_000 << min(tries.failures, 10))
        return .milliseconds(Int64(Double(longest) * (1 - configuration.random() / 2)))
    }
}
