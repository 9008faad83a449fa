/// A request as its protocol writes it, before it has a host and a signature.
public struct EncodedRequest: Sendable {
    public var method: String
    /// Percent-encoded once, as it is sent.
    public var path: String
    /// Not encoded.
    public var query: [(name: String, value: String)] = []
    public var headers: [(name: String, value: String)] = []
    public var body: [UInt8] = []
    /// Stands before the host of the endpoint.
    public var hostPrefix = ""

    init(method: String, path: String) {
        self.method = method
        self.path = path
    }

    /// Adds a header, unless it is there.
    mutating func setDefault(header name: String, _ value: String) {
        guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return }
        headers.append((name, value))
    }
}
