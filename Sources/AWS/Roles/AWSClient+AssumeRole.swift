internal import Documents

extension AWSClient {
    /// Takes on a role with the client's credentials.
    public func assumeRole(_ session: RoleSession, region: String) async throws(AWSError) -> Credentials {
        var input = session.input
        if let externalID = session.externalID { input["ExternalId"] = .string(externalID.text) }
        if !session.tags.isEmpty {
            input["Tags"] = .array(session.tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
        }
        if let identity = session.sourceIdentity { input["SourceIdentity"] = .string(identity) }
        return try await temporaryCredentials("AssumeRole", input, region: region)
    }

    /// Takes on a role with a token, without a signature. STS takes no external ID and no tags then.
    func assumeRole(
        _ session: RoleSession, webIdentity token: String, region: String
    ) async throws(AWSError) -> Credentials {
        var input = session.input
        input["WebIdentityToken"] = .string(token)
        return try await temporaryCredentials("AssumeRoleWithWebIdentity", input, region: region)
    }

    /// Takes on a role, and again shortly before its credentials end. Where STS finds the session's own policy too large
    /// for its packed form, the role is taken on without it: the managed policies still bound the session.
    public func roleProvider(_ session: RoleSession, region: String) -> RefreshingCredentialProvider {
        RefreshingCredentialProvider(now: configuration.now) { [self] () async throws(AWSError) -> Credentials in
            do throws(AWSError) {
                return try await assumeRole(session, region: region)
            } catch  where error.code == "PackedPolicyTooLarge" && session.policy != nil && !session.policyARNs.isEmpty
            {
                var wider = session
                wider.policy = nil
                return try await assumeRole(wider, region: region)
            }
        }
    }

    private func temporaryCredentials(
        _ operation: String, _ input: JSONObject, region: String
    ) async throws(AWSError) -> Credentials {
        let output = try await call("sts", operation, .object(input), region: region)
        guard let credentials = Credentials(sts: output["Credentials"]) else {
            throw AWSError.malformed("the answer has no credentials")
                .during(service: "sts", operation: operation, region: region)
        }
        return credentials
    }
}

extension RoleSession {
    /// What all ways of taking on a role have in common.
    fileprivate var input: JSONObject {
        var input: JSONObject = ["RoleArn": .string(role), "RoleSessionName": .string(name)]
        if let duration { input["DurationSeconds"] = .integer(Int64(duration)) }
        if !policyARNs.isEmpty { input["PolicyArns"] = .array(policyARNs.map { ["arn": .string($0)] }) }
        if let policy { input["Policy"] = .string(policy) }
        return input
    }
}

extension Credentials {
    /// What STS returns as `Credentials`.
    init?(sts json: JSON?) {
        guard let key = json?["AccessKeyId"]?.string, let secret = json?["SecretAccessKey"]?.string,
            let token = json?["SessionToken"]?.string, !key.isEmpty, !secret.isEmpty, !token.isEmpty,
            let expiry = json?["Expiration"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        self.init(accessKeyID: key, secretAccessKey: secret, sessionToken: token, expiry: expiry)
    }
}
