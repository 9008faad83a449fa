/// Limits of an `HTTPClient`.
public struct HTTPConfiguration: Sendable, Hashable {
    /// How many requests run at once; the others wait.
    public var maximumConnections: Int
    /// How many bytes a response's body may have.
    public var maximumBodySize: Int
    public var userAgent: String
    /// Whether proxies that the environment names are used.
    public var usesProxy: Bool

    public init(
        maximumConnections: Int = 64, maximumBodySize: Int = 64 << 20, userAgent: String = "parapet",
        usesProxy: Bool = true
    ) {
        self.maximumConnections = max(1, maximumConnections)
        self.maximumBodySize = maximumBodySize
        self.userAgent = userAgent
        self.usesProxy = usesProxy
    }
}
