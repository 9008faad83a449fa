/// A request, its body held in memory.
public struct HTTPRequest: Sendable {
    public var method: String
    /// Sent as it stands: what must be percent-encoded is.
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Whether it must not reach the server twice. Then it gets a new connection: libcurl sends a request again by itself
    /// where a connection that was kept ends without an answer, whether or not the request was read.
    public var isSentOnce = false

    public init(method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
