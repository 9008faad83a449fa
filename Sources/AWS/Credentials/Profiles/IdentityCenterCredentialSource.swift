internal import Documents

/// IAM Identity Center (once AWS SSO): the token that `aws sso login` left on this machine, exchanged for the keys of a
/// role.
struct IdentityCenterCredentialSource: CredentialSource {
    let profile: String
    /// The name of the session, or in profiles without one the start URL: its hash is the name of the token's file.
    let cacheKey: String
    let region: String
    let account: String
    let role: String
    let context: CredentialContext

    var name: String { "IAM Identity Center for profile `\(profile.inert)`" }

    func find() async throws(AWSError) -> CredentialAnswer {
        let token = try token()
        let input: JSON = [
            "roleName": .string(role), "accountId": .string(account), "accessToken": .string(token),
        ]
        let output: JSON
        do throws(AWSError) {
            output = try await context.client.call("sso", "GetRoleCredentials", input, region: region)
        } catch {
            if error.code == "UnauthorizedException" { throw login("the token is not accepted") }
            throw error.from(name)
        }
        guard let keys = output["roleCredentials"], let key = keys["accessKeyId"]?.string, !key.isEmpty,
            let secret = keys["secretAccessKey"]?.string, !secret.isEmpty,
            let session = keys["sessionToken"]?.string, !session.isEmpty,
            let milliseconds = keys["expiration"]?.integer,
            let expiry = Timestamp(epochSeconds: Double(milliseconds) / 1_000)
        else { throw .unfit("the answer has no credentials").from(name) }
        return .found(
            Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: session, expiry: expiry))
    }

    private func token() throws(AWSError) -> String {
        guard let home = context["HOME"] else { throw .unfit("HOME is not set").from(name) }
        let path = "\(home)/.aws/sso/cache/\(SHA1.hexDigest(cacheKey.utf8)).json"
        let bytes: [UInt8]
        switch FileBytes.read(path) {
        case .missing: throw login("nobody has logged in: there is no \(path.inert)")
        case .failed(let cause): throw .unfit("\(path.inert) cannot be read: \(cause)").from(name)
        case .bytes(let content): bytes = content
        }
        guard let json = try? JSON.parse(bytes), let token = json["accessToken"]?.string, !token.isEmpty,
            let expiry = json["expiresAt"]?.string.flatMap({ Timestamp($0) })
        else { throw login("\(path.inert) holds no token") }
        guard expiry > context.now else { throw login("the token ended at \(expiry)") }
        return token
    }

    private func login(_ reason: String) -> AWSError {
        .unfit("\(reason); log in with `aws sso login --profile \(profile.inert)`").from(name)
    }
}
