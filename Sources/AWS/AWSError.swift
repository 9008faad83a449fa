/// Why a call to AWS gave no result.
///
/// Its text never holds credentials, signatures or signed headers: messages of AWS pass ``AWSError/Redaction``.
public struct AWSError: Error, Sendable {
    /// A code of AWS, such as `AccessDenied`, or one of those below.
    public struct Code: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
        public let rawValue: String
        public var description: String { rawValue }

        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { rawValue = value }

        /// No secure connection could be made.
        public static let tlsFailure: Code = "TLSFailure"
        /// No answer came: the connection could not be made or broke.
        public static let networkFailure: Code = "NetworkFailure"
        /// No answer came in time.
        public static let requestTimeout: Code = "RequestTimeout"
        /// The answer came so slowly that it was given up.
        public static let slowResponse: Code = "SlowResponse"
        /// The answer ended before its end.
        public static let truncatedResponse: Code = "TruncatedResponse"
        /// The answer has more bytes than one may have.
        public static let responseTooLarge: Code = "ResponseTooLarge"
        /// The answer is not what the model says.
        public static let malformedResponse: Code = "MalformedResponse"
        /// The answer cannot be read, and says itself that it is of another kind: a page for a browser, mostly.
        public static let unexpectedContentType: Code = "UnexpectedContentType"
        /// The time of one call, all its attempts included, is over.
        public static let callDeadline: Code = "CallDeadlineExceeded"
        /// The time of all calls of a tenant is over.
        public static let tenantDeadline: Code = "TenantDeadlineExceeded"
        /// The input is not what the model says.
        public static let invalidInput: Code = "InvalidInput"
        /// There is no model, or no such operation.
        public static let unknownOperation: Code = "UnknownOperation"
        /// AWS does not offer the service in the region, as far as its list of endpoints knows.
        public static let noEndpoint: Code = "NoEndpoint"
        /// The service's host has no address: it is not offered in the region, or the network does not resolve names.
        public static let hostNotFound: Code = "HostNotFound"
        /// `AccessDenied` and its like, where AWS says that a policy of the organisation is the reason.
        public static let deniedByServiceControlPolicy: Code = "DeniedByServiceControlPolicy"
        public static let unknownRegion: Code = "UnknownRegion"
        public static let noCredentials: Code = "NoCredentials"
        public static let invalidCredentials: Code = "InvalidCredentials"
        public static let repeatedPageToken: Code = "RepeatedPageToken"
        /// The service has more results and does not say where.
        public static let missingPageToken: Code = "MissingPageToken"
        public static let tooManyPages: Code = "TooManyPages"
        /// A call for several things says nothing of one of them.
        public static let notReturned: Code = "NotReturned"
        /// What is prepared in the background was not ready in time.
        public static let notReady: Code = "NotReady"
        /// Page after page came without an item.
        public static let emptyPages: Code = "EmptyPages"
        /// The pages together have more bytes than one result may have.
        public static let resultTooLarge: Code = "ResultTooLarge"
        public static let cancelled: Code = "Cancelled"
    }

    /// What an error means for whoever called.
    public enum Kind: Sendable, Hashable {
        /// The caller may not.
        case denied
        /// Too many requests, also after the retries.
        case throttled
        /// The thing asked for is not there.
        case notFound
        /// Another error of the service.
        case service
        case network
        /// The time is over that the caller gave.
        case deadline
        case malformed
        /// There are no credentials, or AWS does not accept them.
        case credentials
        /// The call cannot be made: no such operation, region or member.
        case invalid
        case cancelled
    }

    public let code: Code
    public let message: String
    public let kind: Kind
    public let httpStatus: Int?
    public var service: String
    public var operation: String
    public var region: String

    public init(
        _ code: Code, _ message: String, kind: Kind, httpStatus: Int? = nil, service: String = "",
        operation: String = "",
        region: String = ""
    ) {
        self.code = code
        self.message = message
        self.kind = kind
        self.httpStatus = httpStatus
        self.service = service
        self.operation = operation
        self.region = region
    }

    /// The same error, with the call that it belongs to.
    func during(service: String, operation: String, region: String) -> AWSError {
        var error = self
        if error.service.isEmpty { error.service = service }
        if error.operation.isEmpty { error.operation = operation }
        if error.region.isEmpty { error.region = region }
        return error
    }

    static func malformed(_ message: String, status: Int? = nil) -> AWSError {
        AWSError(.malformedResponse, message, kind: .malformed, httpStatus: status)
    }

    static func invalid(_ message: String) -> AWSError {
        AWSError(.invalidInput, message, kind: .invalid)
    }
}

extension AWSError: CustomStringConvertible {
    /// `s3:GetBucketPolicy in eu-west-1: AccessDenied: ...`
    public var description: String {
        var text = ""
        if !service.isEmpty { text += operation.isEmpty ? service : "\(service):\(operation)" }
        if !region.isEmpty { text += text.isEmpty ? region : " in \(region)" }
        if !text.isEmpty { text += ": " }
        text += code.rawValue
        return message.isEmpty ? text : "\(text): \(message)"
    }
}
