internal import AWSModels
internal import Documents
internal import HTTP

/// A call between its check and its answer.
struct PreparedCall {
    let model: ServiceModel
    let operation: ServiceModel.Operation
    let input: JSON
    /// Where it goes; another one than asked for where S3 has said so.
    var region: String
    var encoded = EncodedRequest(method: "POST", path: "/")

    /// The bucket that a call of S3 is about.
    var bucket: String? { model.service == "s3" ? input["Bucket"]?.string : nil }

    /// Whether the call is about a directory bucket as such: those are kept by a service of their own.
    var isOfDirectoryBucket: Bool {
        bucket?.hasSuffix("--x-s3") == true && operation.staticContext["UseS3ExpressControlEndpoint"]?.bool == true
    }

    /// The operation whose endpoint answers.
    var endpointOperation: String { isOfDirectoryBucket ? "ListDirectoryBuckets" : operation.name }

    /// What the input holds of secrets, such as a token: no message may repeat them.
    var sensitiveTexts: [String] {
        (model.structure(operation.input)?.members ?? []).filter(\.traits.isSensitive)
            .compactMap { input[$0.name]?.string }
    }
}

/// Why an attempt failed, and what may help.
struct CallFailure: Error {
    let error: AWSError
    var retry: RetryPolicy.Kind?
    var retryAfter: Duration?
    var bucketRegion: String?
    /// The clock of a service that may have refused ours.
    var serverTime: Timestamp?
    var signedAt: Timestamp?
    var areCredentialsExpired = false
    var credentials: Credentials?
}

extension CallFailure {
    /// EC2 calls an expired session as it calls an expired signature.
    private static let expiryCodes: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
    ]

    /// `... with an explicit deny in a service control policy`, `because no service control policy allows ...`
    private static let policyOfOrganisation = "service control policy"

    /// Reads the answer of a service that is not a success.
    init(_ response: HTTPResponse, _ call: PreparedCall, secrets: [String]) {
        let (code, message) = ErrorDecoder(model: call.model).decode(response)
        let name = AWSError.Redaction.code(code, secrets: secrets)
        let kind = AWSError.Kind(code: name, status: response.status)
        let isDeniedAbove = kind == .denied && message.contains(Self.policyOfOrganisation)
        error = AWSError(
            isDeniedAbove ? .deniedByServiceControlPolicy : .init(rawValue: name),
            AWSError.Redaction.clean(message, secrets: secrets),
            kind: kind, httpStatus: response.status)
        retry = RetryPolicy.kind(code: name, status: response.status, model: call.model)
        retryAfter = response.header("x-amz-retry-after").flatMap(Int.init).map { .milliseconds(max(0, $0)) }
        if ClockOffset.codes.contains(name) { serverTime = response.header("date").flatMap { Timestamp($0) } }
        areCredentialsExpired = Self.expiryCodes.contains(name)
        if call.bucket != nil { bucketRegion = S3Addressing.region(in: response, code: name) }
    }
}
