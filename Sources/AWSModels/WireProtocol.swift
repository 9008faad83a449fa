/// How a service's requests and responses are written.
public enum WireProtocol: String, Sendable, Hashable, CaseIterable {
    /// Form-encoded requests, XML responses.
    case query
    /// As `query`, with rules of its own for names and lists.
    case ec2
    /// REST with XML bodies.
    case restXML = "rest-xml"
    /// REST with JSON bodies.
    case restJSON = "rest-json"
    /// JSON bodies, and the operation in a header.
    case json
}
