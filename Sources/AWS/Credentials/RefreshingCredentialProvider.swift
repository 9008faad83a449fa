public import Documents

/// Keeps credentials until shortly before they end, then fetches new ones: once, however many wait.
public actor RefreshingCredentialProvider: CredentialProvider {
    private let fetch: @Sendable () async throws(AWSError) -> Credentials
    private let now: @Sendable () -> Timestamp
    private let margin: Int64
    private var current: Credentials?
    private var pending: Task<Result<Credentials, AWSError>, Never>?

    /// `margin`: how many seconds before their end credentials are replaced.
    public init(
        margin: Int64 = 600, now: @escaping @Sendable () -> Timestamp = { SystemClock.now() },
        fetch: @escaping @Sendable () async throws(AWSError) -> Credentials
    ) {
        self.fetch = fetch
        self.now = now
        self.margin = margin
    }

    public func credentials() async throws(AWSError) -> Credentials {
        if let current, current.hold(for: margin, after: now()) { return current }
        let task = pending ?? startFetch()
        let result = await task.value
        if pending == task { pending = nil }
        switch result {
        case .success(let credentials):
            current = credentials
            return credentials
        case .failure(let error):
            // Credentials that still hold are better than none.
            if let current, current.hold(for: 0, after: now()) { return current }
            throw error
        }
    }

    private func startFetch() -> Task<Result<Credentials, AWSError>, Never> {
        let fetch = fetch
        let task = Task { () -> Result<Credentials, AWSError> in
            do throws(AWSError) { return .success(try await fetch()) } catch { return .failure(error) }
        }
        pending = task
        return task
    }

    public func discard(_ credentials: Credentials) async {
        if current == credentials { current = nil }
    }
}
