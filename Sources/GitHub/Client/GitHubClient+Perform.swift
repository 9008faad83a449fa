internal import Documents
internal import HTTP

extension GitHubClient {
    /// Sends a request until there is an answer that counts.
    ///
    /// - Parameter check: is made anew after each wait.
    func perform(_ request: APIRequest, unless check: Precondition? = nil) async throws(GitHubError) -> Answer {
        var tries = Tries()
        var url = address(of: request)
        while true {
            if request.isWrite { try await waitForTurn(request) }
            let authorization = try await authorization(for: request)
            let response = await exchange(request, url, authorization)
            let judgement = Judgement(
                of: response, to: request, after: tries, configuration: configuration, api: api,
                secrets: authorization.map { [$0] } ?? [])
            switch judgement {
            case .answer(let answer): return answer
            case .failure(let error):
                guard error.status == 401, !tries.hasRenewed, forgetInstallationToken(for: request) else { throw error }
                tries.hasRenewed = true
            case .redirect(let target):
                tries.redirects += 1
                url = target
            case .wait(let duration, let cause, let isLimit):
                if isLimit { tries.limits += 1 } else { tries.failures += 1 }
                try await wait(duration, for: request, because: cause)
                if let check { try await check() }
            }
        }
    }

    /// What has happened to a request so far.
    struct Tries: Sendable {
        var failures = 0
        var limits = 0
        var redirects = 0
        var hasRenewed = false
    }

    /// Waits before something is asked again.
    func pause(_ duration: Duration, for request: APIRequest, because cause: GitHubError) async throws(GitHubError) {
        try await wait(duration, for: request, because: cause)
    }

    private nonisolated func address(of request: APIRequest) -> String {
        switch request.target {
        case .path(let path): api.root + path
        case .url(let url): url
        case .graphQL: api.graphQL
        }
    }

    private func exchange(
        _ request: APIRequest, _ url: String, _ authorization: String?
    ) async -> Result<HTTPResponse, HTTPError> {
        let remaining = configuration.timeLimit - spent
        guard remaining > .zero else { return .failure(HTTPError(.timeout, Judgement.isOver)) }
        var headers: [(name: String, value: String)] = [
            ("Accept", "application/vnd.github+json"), ("User-Agent", configuration.userAgent),
            ("X-GitHub-Api-Version", "2022-11-28"),
        ]
        if let authorization { headers.append(("Authorization", "Bearer \(authorization)")) }
        if request.body != nil { headers.append(("Content-Type", "application/json")) }
        var message = HTTPRequest(
            method: request.method, url: url, headers: headers, body: request.body?.bytes() ?? [])
        message.isSentOnce = !request.isRepeatable
        let start = configuration.clock.elapsed()
        defer { spent += configuration.clock.elapsed() - start }
        do throws(HTTPError) {
            return .success(
                try await http.send(
                    message,
                    timeouts: HTTPTimeouts(
                        connect: .seconds(10), total: min(configuration.requestTimeout, remaining))))
        } catch {
            return .failure(error)
        }
    }

    /// Writes take turns.
    private func waitForTurn(_ request: APIRequest) async throws(GitHubError) {
        let now = configuration.clock.elapsed()
        let turn = max(now, nextWrite)
        nextWrite = turn + configuration.writePause
        guard turn > now else { return }
        try await wait(
            turn - now, for: request,
            because: GitHubError(.timeLimit, "GitHub takes about one write a second", call: request.call))
    }

    private func wait(
        _ duration: Duration, for request: APIRequest, because cause: GitHubError
    ) async throws(GitHubError) {
        guard spent + duration < configuration.timeLimit else {
            let seconds = duration.components.seconds
            let state =
                switch request.isRepeatable ? .none : cause.effect {
                case .none: "not done"
                case .unknown: "perhaps done, and not looked for"
                case .applied: "done, and not found"
                }
            throw GitHubError(
                .timeLimit,
                "\(state), as another try would be \(seconds) s from now and "
                    + "\(configuration.timeLimit.components.seconds) s are the limit for GitHub; before: "
                    + cause.message,
                help: "try again later, or allow more time", call: request.call, status: cause.status,
                effect: request.isRepeatable ? .none : cause.effect)
        }
        let start = configuration.clock.elapsed()
        defer { spent += max(duration, configuration.clock.elapsed() - start) }
        do {
            try await configuration.clock.sleep(duration)
        } catch {
            throw GitHubError(.cancelled, "cancelled", call: request.call)
        }
    }
}
