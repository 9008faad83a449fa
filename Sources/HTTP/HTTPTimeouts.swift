/// How long a request may take. Waiting for a free connection does not count.
public struct HTTPTimeouts: Sendable, Hashable {
    /// Until the connection stands, name look-up and TLS included.
    public var connect: Duration
    /// Until the response is complete.
    public var total: Duration
    /// How long a response may come at less than ``lowestSpeed``, waiting for its start included: whole seconds.
    public var stall: Duration
    /// Bytes a second.
    public static let lowestSpeed = 64

    public init(
        connect: Duration = .seconds(3), total: Duration = .seconds(60), stall: Duration = .seconds(20)
    ) {
        self.connect = connect
        self.total = total
        self.stall = stall
    }
}
