internal import AWSModels
internal import Documents
internal import HTTP

/// How S3 finds buckets: by host name where the name allows it, else by path.
enum S3Addressing {
    /// Moves the bucket from the path to the host, unless the endpoint or the name is against it.
    static func apply(_ input: JSON, _ request: inout EncodedRequest, _ target: inout RequestTarget) {
        guard !target.isCustom, let bucket = input["Bucket"]?.string, isHostLabel(bucket) else { return }
        let prefix = "/" + bucket
        guard request.path == prefix || request.path.hasPrefix(prefix + "/") else { return }
        request.path.removeFirst(prefix.count)
        if request.path.isEmpty { request.path = "/" }
        target.host = "\(bucket).\(target.host)"
    }

    /// Lower-case letters, digits and hyphens; no dots, for which no certificate would hold.
    static func isHostLabel(_ bucket: String) -> Bool {
        let bytes = Array(bucket.utf8)
        return (3...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    /// The region in which a bucket is, where a refusal names it.
    static func region(in response: HTTPResponse, code: String) -> String? {
        let codes: Set<String> = [
            "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect",
            "TemporaryRedirect",
        ]
        guard [301, 307].contains(response.status) || codes.contains(code) || (response.status == 400 && code == "400")
        else { return nil }
        let named = (try? XMLElement.parse(response.body)).flatMap { ErrorDecoder.text(named: "Region", in: $0) }
        guard let region = response.header("x-amz-bucket-region") ?? named, isRegion(region) else { return nil }
        return region
    }

    /// Whether a text may be a region's name: it becomes part of host names.
    static func isRegion(_ text: String) -> Bool {
        RequestEncoder.isHostLabel(text) && text.utf8.count <= 32
    }
}
