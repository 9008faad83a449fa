public import AWSModels

/// Which failures are worth another attempt, and after how long.
public struct RetryPolicy: Sendable {
    public typealias Kind = ServiceModel.RetryKind

    /// The first attempt included.
    public var maximumAttempts: Int
    /// The first delay before another attempt, in seconds; it doubles each time.
    public var throttlingBase: Double
    public var transientBase: Double
    public var longestDelay: Double

    public init(
        maximumAttempts: Int = 3, throttlingBase: Double = 1, transientBase: Double = 0.05, longestDelay: Double = 20
    ) {
        self.maximumAttempts = maximumAttempts
        self.throttlingBase = throttlingBase
        self.transientBase = transientBase
        self.longestDelay = longestDelay
    }

    static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    static let transientCodes: Set<String> = ["IDPCommunicationError", "RequestTimeout", "RequestTimeoutException"]

    /// Why an error of a service is worth another attempt; nil where it is not.
    static func kind(code: String, status: Int, model: ServiceModel) -> Kind? {
        if throttlingCodes.contains(code) || status == 429 { return .throttling }
        if transientCodes.contains(code) || [500, 502, 503, 504].contains(status) { return .transient }
        return model.retryableCodes[code]
    }

    /// How long to wait before attempt `retry` + 2. `random` is between 0 and 1; `wish` is what the service asks for.
    func delay(_ kind: Kind, retry: Int, random: Double, wish: Duration?) -> Duration {
        let base = kind == .throttling ? throttlingBase : transientBase
        let seconds = random * min(base * Double(1 << min(retry, 20)), longestDelay)
        let own = Duration.microseconds(Int64((seconds * 1_000_000).rounded()))
        guard let wish else { return own }
        return min(max(own, wish), own + .seconds(5))
    }
}
