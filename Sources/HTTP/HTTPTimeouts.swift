/// How long a request may take. Waiting for a free connection does not count.
public struct HTTPTimeouts: Sendable, Hashable {
    /// Until the connection stands, name look-up and TLS included.
    public var connect: Duration
    /// Until the response is complete.
    public var total: Duration

    public init(connect: Duration = .seconds(3), total: Duration = .seconds(60)) {
        self.connect = connect
        self.total = total
    }
}
