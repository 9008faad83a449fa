extension GitHubClient {
    /// Whether GitHub is asked as somebody.
    public nonisolated var hasCredentials: Bool { credentials != nil }

    /// Whether check runs can be made: people's tokens cannot.
    public nonisolated var canCreateCheckRuns: Bool { credentials?.canCreateCheckRuns ?? true }
}
