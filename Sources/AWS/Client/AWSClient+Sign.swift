internal import AWSModels
internal import Documents
internal import HTTP

/// The request of one attempt.
struct SignedCall {
    let request: HTTPRequest
    /// The texts that no message may repeat.
    let secrets: [String]
    /// The moment that was signed.
    let moment: Timestamp
}

extension AWSClient {
    /// The request for one attempt; unsigned where there are no credentials.
    func signed(_ call: PreparedCall, _ target: RequestTarget, _ credentials: Credentials?) -> SignedCall {
        var encoded = call.encoded
        var target = target
        if call.model.service == "s3", !call.isOfDirectoryBucket { S3Addressing.apply(call.input, &encoded, &target) }
        if !target.isCustom { target.host = encoded.hostPrefix + target.host }
        let path = target.basePath + encoded.path
        var headers = encoded.headers
        headers.append(("Host", target.host))
        var secrets: [String] = []
        let moment = clockOffset.adjusted(configuration.now())
        if let credentials {
            secrets = [credentials.secretAccessKey, credentials.sessionToken ?? "", credentials.accessKeyID]
            var rules = call.model.signsAsS3 ? SigV4Signer.Rules.s3 : .standard
            rules.leavesBodyUnsigned = call.operation.hasUnsignedPayload
            let signer = SigV4Signer(
                credentials: credentials, region: target.signingRegion, service: target.signingName, rules: rules)
            let signable = SignableRequest(
                method: encoded.method, path: path, query: encoded.query, headers: headers, body: encoded.body)
            headers = signer.sign(signable, at: moment)
        }
        let query = encoded.query.isEmpty ? "" : "?" + PercentEncoding.query(encoded.query)
        let request = HTTPRequest(
            method: encoded.method, url: "\(target.scheme)://\(target.host)\(path)\(query)", headers: headers,
            body: encoded.body)
        return SignedCall(request: request, secrets: secrets, moment: moment)
    }

    /// Where a call goes, before S3's buckets and host prefixes are looked at.
    func target(_ call: PreparedCall) throws(AWSError) -> RequestTarget {
        let override = configuration.overrides.url(serviceID: call.model.serviceID)
        var target: RequestTarget
        do throws(ModelError) {
            // An endpoint of one's own still signs for the region that AWS would sign for.
            let endpoint = try models.endpoints().endpoint(
                service: call.model.service, operation: call.endpointOperation, region: call.region,
                fips: configuration.usesFIPS && override == nil,
                dualStack: configuration.usesDualStack && override == nil)
            target = RequestTarget(endpoint, model: call.model)
        } catch {
            throw AWSError(model: error)
        }
        if let override { try target.move(to: override) }
        return target
    }
}
