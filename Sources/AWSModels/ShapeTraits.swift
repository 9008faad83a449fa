/// How a value is written, where that differs from its protocol's way.
public struct ShapeTraits: Sendable {
    public enum Location: String, Sendable {
        case header
        /// All headers with a prefix.
        case headers
        case uri
        case querystring
        case statusCode
    }

    public enum TimestampFormat: String, Sendable {
        case iso8601
        case rfc822
        case unixTimestamp
    }

    public struct Namespace: Sendable, Equatable {
        public let uri: String
        public let prefix: String
    }

    public var locationName: String?
    public var location: Location?
    /// The name in EC2's form-encoded requests.
    public var queryName: String?
    public var timestampFormat: TimestampFormat?
    public var namespace: Namespace?
    public var isFlattened = false
    public var isXMLAttribute = false
    public var isStreaming = false
    /// JSON in base64, in a header.
    public var isJSONValue = false
    /// Part of the host name.
    public var isHostLabel = false
    public var isEventStream = false
    public var isSensitive = false
    /// Filled with a random value where a request has none.
    public var isIdempotencyToken = false
    /// URL-encoded JSON.
    public var isPolicyDocument = false
    /// Of an id such as `/hostedzone/Z1`, only what follows the last slash is sent.
    public var sendsLastPart = false

    public init() {}
}
