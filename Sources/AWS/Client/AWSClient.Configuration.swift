public import Documents
public import HTTP

extension AWSClient {
    /// How a client reaches AWS.
    public struct Configuration: Sendable {
        public var overrides: EndpointOverrides
        public var timeouts = HTTPTimeouts()
        public var retries = RetryPolicy()
        public var usesFIPS = false
        public var usesDualStack = false
        /// How many pages one call may have.
        public var maximumPages = 10_000
        /// The time of day, which is signed.
        public var now: @Sendable () -> Timestamp = { SystemClock.now() }
        /// Waits before another attempt.
        public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// Between 0 and 1.
        public var random: @Sendable () -> Double = { Double.random(in: 0...1) }

        public init(overrides: EndpointOverrides = EndpointOverrides()) {
            self.overrides = overrides
        }

        /// Overrides, FIPS and dual stack as the variables say that all of AWS's tools know.
        public init(environment: [String: String]) {
            self.init(overrides: EndpointOverrides(environment: environment))
            usesFIPS = environment["AWS_USE_FIPS_ENDPOINT"]?.lowercased() == "true"
            usesDualStack = environment["AWS_USE_DUALSTACK_ENDPOINT"]?.lowercased() == "true"
        }
    }
}
