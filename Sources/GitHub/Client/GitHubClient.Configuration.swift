extension GitHubClient {
    /// How a client deals with time and failures.
    public struct Configuration: Sendable {
        /// How long GitHub may take for everything together, waits included.
        public var timeLimit = Duration.seconds(600)
        /// Until one request has its answer.
        public var requestTimeout = Duration.seconds(30)
        /// Between two writes: GitHub asks for no more than about one a second.
        public var writePause = Duration.seconds(1)
        /// How often one request is sent where GitHub or the network fails.
        public var maximumAttempts = 5
        /// How many pages one list may have, of 100 items each.
        public var maximumPages = 100
        public var userAgent = "parapet"
        /// Gets each token that an App makes, so that a runner can be told to hide it (``Secret/maskCommand``).
        public var onNewToken: @Sendable (Secret) -> Void = { _ in }
        public var clock = GitHubClock.system
        /// Between 0 and 1.
        public var random: @Sendable () -> Double = { Double.random(in: 0...1) }

        public init() {}
    }
}
