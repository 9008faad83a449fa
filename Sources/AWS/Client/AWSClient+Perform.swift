internal import AWSModels
internal import Documents
internal import HTTP
internal import Synchronization

extension AWSClient {
    struct Answer {
        let output: JSON
        /// Of the response's body, in bytes.
        let size: Int
    }

    /// What has already been tried for a call, each at most once.
    private struct Remedies {
        var isRedirected = false
        var isClockAdjusted = false
        var areCredentialsDiscarded = false
    }

    func perform(_ call: PreparedCall) async throws(AWSError) -> Answer {
        var call = call
        call.encoded = try RequestEncoder(model: call.model).encode(call.operation, call.input)
        if let bucket = call.bucket, let known = bucketRegions.withLock({ $0[bucket] }) { call.region = known }
        var retry = 0
        var paid: Int?
        var remedies = Remedies()
        var left = configuration.callTimeout
        while true {
            let failure: CallFailure
            switch await attempt(call, &left) {
            case .success(let answer):
                quota.giveBack(paid)
                return answer
            case .failure(let problem): failure = problem
            }
            if failure.error.kind == .throttled { statistics.countThrottle() }
            guard left > .zero else { throw failure.error }
            if await remedy(failure, &call, &remedies) {
                statistics.countRetry()
                continue
            }
            guard let kind = failure.retry, retry + 1 < configuration.retries.maximumAttempts else {
                throw failure.error
            }
            let delay = configuration.retries.delay(
                kind, retry: retry, random: configuration.random(), wish: failure.retryAfter)
            guard delay < left else { throw failure.error }
            let cost = RetryQuota.cost(kind)
            guard quota.take(cost) else { throw failure.error }
            paid = cost
            try await pause(delay)
            left -= delay
            retry += 1
            statistics.countRetry()
        }
    }

    /// Changes what a refusal was about. False where it cannot be helped, or has been tried before.
    private func remedy(
        _ failure: CallFailure, _ call: inout PreparedCall, _ remedies: inout Remedies
    ) async -> Bool {
        if let region = failure.bucketRegion, let bucket = call.bucket {
            // Whoever sends us back and forth is not remembered.
            bucketRegions.withLock { $0[bucket] = nil }
            guard !remedies.isRedirected, region != call.region, isReachable(region, from: call.region) else {
                return false
            }
            bucketRegions.withLock { $0[bucket] = region }
            call.region = region
            remedies.isRedirected = true
            return true
        }
        if let theirs = failure.serverTime, let signed = failure.signedAt, !remedies.isClockAdjusted,
            clockOffset.adjust(to: theirs, signed: signed, ours: configuration.now())
        {
            remedies.isClockAdjusted = true
            return true
        }
        if failure.areCredentialsExpired, let credentials = failure.credentials, !remedies.areCredentialsDiscarded {
            await provider.discard(credentials)
            remedies.areCredentialsDiscarded = true
            return true
        }
        return false
    }

    /// No answer leads to another partition: credentials of one mean nothing there, and its hosts are others'.
    private func isReachable(_ region: String, from origin: String) -> Bool {
        guard let endpoints = try? models.endpoints(), let partition = endpoints.partition(ofRegion: origin) else {
            return false
        }
        return partition.has(region: region)
    }

    /// No longer than to the end of the tenant's time, which the next attempt then finds out.
    private func pause(_ delay: Duration) async throws(AWSError) {
        let end = deadline.map { max(.zero, $0 - configuration.clock.now()) }
        do { try await configuration.clock.sleep(min(delay, end ?? delay)) } catch { throw AWSError.cancelled }
    }

    /// Makes one attempt. Takes off `left` what it lasted, waiting for its turn excepted.
    private func attempt(_ call: PreparedCall, _ left: inout Duration) async -> Result<Answer, CallFailure> {
        let clock = configuration.clock
        if isOver { return .failure(CallFailure(error: .tenantDeadline)) }
        do throws(AWSError) {
            var began = clock.now()
            let target = try target(call)
            let credentials = call.operation.isAnonymous ? nil : try await provider.credentials()
            left -= clock.now() - began
            let lane = lane(target, credentials)
            try await enter(lane)
            began = clock.now()
            defer { left -= clock.now() - began }
            let attempt = self.signed(call, target, credentials)
            let response = try await send(attempt.request, left)
            if (200..<300).contains(response.status) {
                lane.answered()
                let output = try ResponseDecoder(model: call.model).checked(call.operation, response)
                return .success(Answer(output: output, size: response.body.count))
            }
            var failure = CallFailure(response, call, secrets: call.sensitiveTexts + attempt.secrets)
            failure.credentials = credentials
            failure.signedAt = attempt.moment
            if failure.retry == .throttling { lane.throttled() } else if response.status < 500 { lane.answered() }
            return .failure(failure)
        } catch {
            let isTransient = error.kind == .network && error.code != .tlsFailure
            return .failure(CallFailure(error: error, retry: isTransient ? .transient : nil))
        }
    }

    private var isOver: Bool { deadline.map { $0 <= configuration.clock.now() } ?? false }

    private func lane(_ target: RequestTarget, _ credentials: Credentials?) -> RateLane {
        let key = credentials?.accessKeyID ?? ""
        return limiter.lane(
            RateLimiter.Key(
                account: account ?? AccountID.ofAccessKey(key) ?? key, region: target.signingRegion,
                service: target.signingName))
    }

    private func enter(_ lane: RateLane) async throws(AWSError) {
        switch await lane.enter(until: deadline) {
        case .go: if isOver { throw AWSError.tenantDeadline }
        case .cancelled: throw AWSError.cancelled
        case .late: throw AWSError.tenantDeadline
        }
    }

    /// Sends a request that has `left` of its call's time, and of the tenant's what is left of that.
    private func send(_ request: HTTPRequest, _ left: Duration) async throws(AWSError) -> HTTPResponse {
        let clock = configuration.clock
        let began = clock.now()
        let tenant = deadline.map { $0 - began }
        var timeouts = configuration.timeouts
        timeouts.total = max(.milliseconds(1), min(timeouts.total, left, tenant ?? left))
        do throws(HTTPError) {
            return try await transport.send(request, timeouts: timeouts)
        } catch {
            // Timers of the network do not agree with the clock to the millisecond.
            let spent = clock.now() - began + .milliseconds(50)
            if error.code == .timeout, let tenant, spent >= tenant { throw .tenantDeadline }
            if error.code == .timeout, spent >= left { throw .callDeadline }
            throw AWSError(http: error)
        }
    }
}
