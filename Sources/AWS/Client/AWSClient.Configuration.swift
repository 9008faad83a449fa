public import Documents
public import HTTP

extension AWSClient {
    /// How a client reaches AWS.
    public struct Configuration: Sendable {
        public var overrides: EndpointOverrides
        /// Of one attempt.
        public var timeouts = HTTPTimeouts()
        /// How long one call may take: its attempts, and the pauses between them. Waiting until the rate allows an attempt
        /// does not count.
        public var callTimeout = Duration.seconds(60)
        public var retries = RetryPolicy()
        /// By the name for which a service signs.
        public var rateLimits = RateLimits.known
        /// Of all other services.
        public var standardRate = RateLimits.standard
        public var usesFIPS = false
        public var usesDualStack = false
        /// How many pages one call may have.
        public var maximumPages = 10_000
        /// How many pages without an item may follow each other: services that filter do send some.
        public var maximumEmptyPages = 1_000
        /// How many bytes the pages of one call may have together.
        public var maximumResultSize = 512 << 20
        /// The time of day, which is signed.
        public var now: @Sendable () -> Timestamp = { SystemClock.now() }
        /// Measures deadlines, and waits before attempts.
        public var clock = MonotonicClock.system
        /// Between 0 and 1.
        public var random: @Sendable () -> Double = { Double.random(in: 0...1) }

        public init(overrides: EndpointOverrides = EndpointOverrides()) {
            self.overrides = overrides
        }

        /// Overrides, FIPS, dual stack and attempts as the variables say that all of AWS's tools know, and the rate that
        /// `PARAPET_REQUESTS_PER_SECOND` gives for all services: for servers that are not AWS's. Values that are no
        /// positive numbers change nothing.
        public init(environment: [String: String]) {
            self.init(overrides: EndpointOverrides(environment: environment))
            usesFIPS = environment["AWS_USE_FIPS_ENDPOINT"]?.lowercased() == "true"
            usesDualStack = environment["AWS_USE_DUALSTACK_ENDPOINT"]?.lowercased() == "true"
            if let attempts = environment["AWS_MAX_ATTEMPTS"].flatMap({ Int($0) }), (1...100).contains(attempts) {
                retries.maximumAttempts = attempts
            }
            if let rate = environment["PARAPET_REQUESTS_PER_SECOND"].flatMap({ Double($0) }), rate > 0, rate.isFinite {
                standardRate = RateLimits(start: rate, ceiling: rate)
                rateLimits = [:]
            }
        }
    }
}
