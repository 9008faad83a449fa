public import Documents

/// Signs requests by AWS Signature Version 4, in headers or in the query.
public struct SigV4Signer: Sendable {
    /// How services differ in what they sign.
    public struct Rules: Sendable, Hashable {
        /// Takes empty, `.` and `..` segments out of the path.
        public var normalizesPath = true
        /// Encodes the path, encoded as it is sent, once more.
        public var encodesPathTwice = true
        /// Sends the hash of the body in a header.
        public var sendsBodyHash = false
        /// Leaves the session token out of the signature.
        public var leavesTokenUnsigned = false
        /// Signs the words `UNSIGNED-PAYLOAD` in place of the body's hash where the signature stands in the query.
        public var leavesBodyUnsignedInQuery = false
        /// Signs the words `UNSIGNED-PAYLOAD` in place of the body's hash.
        public var leavesBodyUnsigned = false

        public init() {}

        public static let standard = Rules()
        public static let s3: Rules = {
            var rules = Rules()
            rules.normalizesPath = false
            rules.encodesPathTwice = false
            rules.sendsBodyHash = true
            rules.leavesBodyUnsignedInQuery = true
            return rules
        }()
    }

    private static let unsignedBody = "UNSIGNED-PAYLOAD"

    private let credentials: Credentials
    private let region: String
    private let service: String
    private let rules: Rules

    public init(credentials: Credentials, region: String, service: String, rules: Rules = .standard) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.rules = rules
    }

    /// The headers of `request`, with those that sign it.
    public func sign(_ request: SignableRequest, at moment: Timestamp) -> [(name: String, value: String)] {
        let parts = headerParts(request, at: moment)
        var headers = parts.request.headers
        if let token = credentials.sessionToken, rules.leavesTokenUnsigned {
            headers.append(("X-Amz-Security-Token", token))
        }
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(moment)), "
            + "SignedHeaders=\(parts.canonical.signedHeaders), Signature=\(signature(parts.canonical, at: moment))"
        headers.append(("Authorization", authorization))
        return headers
    }

    /// The query of `request`, with the pairs that sign it for `lifetime` seconds.
    public func presign(
        _ request: SignableRequest, at moment: Timestamp, lifetime: Int
    ) -> [(name: String, value: String)] {
        let parts = queryParts(request, at: moment, lifetime: lifetime)
        var query = parts.request.query
        if let token = credentials.sessionToken, rules.leavesTokenUnsigned {
            query.append(("X-Amz-Security-Token", token))
        }
        query.append(("X-Amz-Signature", signature(parts.canonical, at: moment)))
        return query
    }

    func headerParts(
        _ request: SignableRequest, at moment: Timestamp
    ) -> (request: SignableRequest, canonical: CanonicalRequest) {
        var request = request
        let hash = bodyHash(request)
        request.headers.append(("X-Amz-Date", moment.basic))
        if rules.sendsBodyHash { request.headers.append(("X-Amz-Content-Sha256", hash)) }
        if let token = credentials.sessionToken, !rules.leavesTokenUnsigned {
            request.headers.append(("X-Amz-Security-Token", token))
        }
        return (request, CanonicalRequest(request, rules: rules, payloadHash: hash))
    }

    func queryParts(
        _ request: SignableRequest, at moment: Timestamp, lifetime: Int
    ) -> (request: SignableRequest, canonical: CanonicalRequest) {
        var request = request
        let hash = rules.leavesBodyUnsignedInQuery ? Self.unsignedBody : bodyHash(request)
        let names = CanonicalRequest(request, rules: rules, payloadHash: hash).signedHeaders
        request.query += [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(moment))"),
            ("X-Amz-Date", moment.basic),
            ("X-Amz-Expires", String(lifetime)),
            ("X-Amz-SignedHeaders", names),
        ]
        if let token = credentials.sessionToken, !rules.leavesTokenUnsigned {
            request.query.append(("X-Amz-Security-Token", token))
        }
        return (request, CanonicalRequest(request, rules: rules, payloadHash: hash))
    }

    func stringToSign(_ canonical: CanonicalRequest, at moment: Timestamp) -> String {
        "AWS4-HMAC-SHA256\n\(moment.basic)\n\(scope(moment))\n\(SHA256.hexDigest(canonical.text.utf8))"
    }

    func signature(_ canonical: CanonicalRequest, at moment: Timestamp) -> String {
        var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
        for part in [String(moment.basic.prefix(8)), region, service, "aws4_request"] {
            key = SHA256.authenticationCode(part.utf8, key: key)
        }
        return SHA256.hex(SHA256.authenticationCode(stringToSign(canonical, at: moment).utf8, key: key))
    }

    private func scope(_ moment: Timestamp) -> String {
        "\(moment.basic.prefix(8))/\(region)/\(service)/aws4_request"
    }

    private func bodyHash(_ request: SignableRequest) -> String {
        rules.leavesBodyUnsigned ? Self.unsignedBody : SHA256.hexDigest(request.body)
    }
}
