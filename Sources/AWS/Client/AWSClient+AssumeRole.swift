internal import Documents

extension AWSClient {
    /// Takes on a role. `policyARNs` narrow down what the role may do.
    public func assumeRole(
        _ role: String, externalID: String?, sessionName: String, policyARNs: [String] = [], region: String
    ) async throws(AWSError) -> Credentials {
        var input: JSONObject = ["RoleArn": .string(role), "RoleSessionName": .string(sessionName)]
        if let externalID { input["ExternalId"] = .string(externalID) }
        if !policyARNs.isEmpty { input["PolicyArns"] = .array(policyARNs.map { ["arn": .string($0)] }) }
        let output = try await call("sts", "AssumeRole", .object(input), region: region)
        guard let credentials = Credentials(sts: output["Credentials"]) else {
            throw AWSError.malformed("the answer has no credentials")
                .during(service: "sts", operation: "AssumeRole", region: region)
        }
        return credentials
    }

    /// Takes on a role, and again shortly before its credentials end.
    public func roleProvider(
        _ role: String, externalID: String?, sessionName: String, policyARNs: [String] = [], region: String
    ) -> RefreshingCredentialProvider {
        RefreshingCredentialProvider(now: configuration.now) { [self] () async throws(AWSError) -> Credentials in
            try await assumeRole(
                role, externalID: externalID, sessionName: sessionName, policyARNs: policyARNs, region: region)
        }
    }
}

extension Credentials {
    /// What STS returns as `Credentials`.
    init?(sts json: JSON?) {
        guard let key = json?["AccessKeyId"]?.string, let secret = json?["SecretAccessKey"]?.string,
            let token = json?["SessionToken"]?.string
        else { return nil }
        self.init(
            accessKeyID: key, secretAccessKey: secret, sessionToken: token,
            expiry: json?["Expiration"]?.string.flatMap { Timestamp($0) })
    }
}
