public import Documents

/// Keeps credentials until shortly before they end, then fetches new ones: once, however many wait.
///
/// 15 minutes before the end new ones are fetched while the old ones are still given out; from 10 minutes before the end
/// callers wait for them. Credentials that never had that long are replaced after half of their time, and waited for
/// after two thirds. Where fetching fails, those that still hold are given out, and the next attempt is a minute later.
public actor RefreshingCredentialProvider: CredentialProvider {
    /// Seconds before the end.
    static let early: Int64 = 900
    static let late: Int64 = 600
    static let pause: Int64 = 60

    private let fetch: @Sendable () async throws(AWSError) -> Credentials
    private let now: @Sendable () -> Timestamp
    private var current: Held?
    private var pending: Task<Result<Credentials, AWSError>, Never>?
    private var lastFailure: Timestamp?

    private struct Held {
        let credentials: Credentials
        let early: Int64
        let late: Int64

        init(_ credentials: Credentials, at moment: Timestamp) {
            self.credentials = credentials
            let left = credentials.expiry.map { max(0, $0.seconds - moment.seconds) } ?? 0
            early = min(RefreshingCredentialProvider.early, left / 2)
            late = min(RefreshingCredentialProvider.late, left / 3)
        }
    }

    public init(
        now: @escaping @Sendable () -> Timestamp = { SystemClock.now() },
        fetch: @escaping @Sendable () async throws(AWSError) -> Credentials
    ) {
        self.fetch = fetch
        self.now = now
    }

    public func credentials() async throws(AWSError) -> Credentials {
        guard let held = current else { return try await (pending ?? startFetch()).value.get() }
        let moment = now()
        if held.credentials.hold(for: held.early, after: moment) { return held.credentials }
        let isPausing = lastFailure.map { moment.seconds - $0.seconds < Self.pause } ?? false
        if isPausing, held.credentials.hold(for: 0, after: moment) { return held.credentials }
        let task = pending ?? startFetch()
        if held.credentials.hold(for: held.late, after: moment) { return held.credentials }
        switch await task.value {
        case .success(let credentials): return credentials
        case .failure(let error):
            // Credentials that still hold are better than none.
            if held.credentials.hold(for: 0, after: now()) { return held.credentials }
            throw error
        }
    }

    private func startFetch() -> Task<Result<Credentials, AWSError>, Never> {
        let task = Task { () -> Result<Credentials, AWSError> in
            do throws(AWSError) {
                let credentials = try await fetch()
                current = Held(credentials, at: now())
                lastFailure = nil
                pending = nil
                return .success(credentials)
            } catch {
                lastFailure = now()
                pending = nil
                return .failure(error)
            }
        }
        pending = task
        return task
    }

    public func discard(_ credentials: Credentials) async {
        if current?.credentials == credentials { current = nil }
    }
}
