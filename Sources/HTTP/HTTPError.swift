/// Why a request got no response. The message names the host and the cause, never a query or a header.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Code: Sendable, Hashable {
        public let name: String

        public init(_ name: String) { self.name = name }

        public static let couldNotConnect = Code("couldNotConnect")
        public static let couldNotResolve = Code("couldNotResolve")
        public static let timeout = Code("timeout")
        public static let tls = Code("tls")
        /// Bytes come, or do not, at less than the lowest speed.
        public static let tooSlow = Code("tooSlow")
        /// The connection ended before the response's body did.
        public static let truncated = Code("truncated")
        public static let bodyTooLarge = Code("bodyTooLarge")
        public static let connectionClosed = Code("connectionClosed")
        public static let cancelled = Code("cancelled")
        /// The request cannot be sent as it stands.
        public static let invalidRequest = Code("invalidRequest")
        public static let other = Code("other")
    }

    public let code: Code
    public let message: String
    public var description: String { message }

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
