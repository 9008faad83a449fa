/// The parts of a request that a signature covers.
public struct SignableRequest: Sendable {
    public var method: String
    /// As it is sent: percent-encoded once.
    public var path: String
    /// Not encoded.
    public var query: [(name: String, value: String)]
    /// `Host` among them.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(
        method: String, path: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
