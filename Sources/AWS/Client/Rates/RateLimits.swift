/// Between what bounds the rate of requests to a service moves. All are requests a second.
public struct RateLimits: Sendable, Hashable {
    public var start: Double
    public var ceiling: Double
    public var floor: Double

    public init(start: Double, ceiling: Double, floor: Double = 0.5) {
        self.floor = max(0.01, floor)
        self.ceiling = max(self.floor, ceiling)
        self.start = min(max(start, self.floor), self.ceiling)
    }

    public static let standard = RateLimits(start: 20, ceiling: 100)

    /// By the name for which a service signs: services that share it, such as RDS and Neptune, share their limits.
    ///
    /// EC2 refills 20 requests a second for a whole account and region, autoscaling in production included; half of that
    /// is the most that Parapet takes. IAM has one bucket an account, for all regions.
    public static let known: [String: RateLimits] = [
        "iam": RateLimits(start: 5, ceiling: 20),
        "ec2": RateLimits(start: 5, ceiling: 10),
        "s3": RateLimits(start: 50, ceiling: 200),
    ]
}
