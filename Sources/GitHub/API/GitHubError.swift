internal import Documents

/// Why something of GitHub's could not be had or done. It never holds a credential.
public struct GitHubError: Error, Sendable, Equatable {
    public struct Code: Sendable, Hashable {
        public let name: String

        public init(_ name: String) { self.name = name }

        /// GitHub does not accept the credentials (401).
        public static let unauthorized = Code("unauthorized")
        /// They do not suffice (403).
        public static let forbidden = Code("forbidden")
        /// It is not there, or the credentials do not show it (404).
        public static let notFound = Code("notFound")
        /// GitHub does not accept the content (422).
        public static let unprocessable = Code("unprocessable")
        /// Another refusal (4xx).
        public static let refused = Code("refused")
        /// GitHub failed (5xx), also after the retries.
        public static let server = Code("server")
        /// No answer came.
        public static let network = Code("network")
        /// The answer is not what GitHub's contract says.
        public static let malformed = Code("malformed")
        /// The time for GitHub is over.
        public static let timeLimit = Code("timeLimit")
        /// A list has more pages than are read.
        public static let tooManyPages = Code("tooManyPages")
        /// An address on another server, or too many redirects: nothing is sent there.
        public static let untrustedAddress = Code("untrustedAddress")
        /// The pull request has another head by now.
        public static let superseded = Code("superseded")
        public static let cancelled = Code("cancelled")
        public static let invalidConfiguration = Code("invalidConfiguration")
        /// The App's private key cannot be used.
        public static let invalidKey = Code("invalidKey")
        /// The event that started the workflow cannot be read.
        public static let invalidEvent = Code("invalidEvent")
        /// The event is one on which Parapet does not run.
        public static let refusedEvent = Code("refusedEvent")
        /// A file could not be written.
        public static let file = Code("file")
    }

    /// What is known about a write that failed.
    public enum Effect: Sendable, Equatable {
        case none
        /// The answer got lost: it may have been applied.
        case unknown
        /// GitHub said that it was applied, and the rest of the answer got lost.
        case applied
    }

    public let code: Code
    /// GitHub's own words, where it said any: inert, at most 300 characters.
    public let message: String
    /// What can be done about it.
    public var help: String?
    /// `POST /repos/acme/posture/issues/7/comments`, without the query.
    public var call: String?
    public var status: Int?
    public var effect: Effect

    public init(
        _ code: Code, _ message: String, help: String? = nil, call: String? = nil, status: Int? = nil,
        effect: Effect = .none
    ) {
        self.code = code
        self.message = message
        self.help = help
        self.call = call
        self.status = status
        self.effect = effect
    }
}

extension GitHubError: CustomStringConvertible {
    /// `POST /repos/acme/posture/issues/7/comments: 403: Resource not accessible by integration`
    public var description: String {
        ([call, status.map(String.init)].compactMap(\.self) + [message]).joined(separator: ": ")
    }
}
