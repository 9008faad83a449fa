internal import Documents

/// A role that is taken on with a token instead of credentials. The call to STS is not signed.
struct WebIdentityCredentialSource: CredentialSource {
    let name: String
    let token: any WebIdentityToken
    let session: RoleSession
    let region: String
    let client: AWSClient

    func find() async throws(AWSError) -> CredentialAnswer {
        do throws(AWSError) {
            let token = try await token.fetch()
            return .found(try await client.assumeRole(session, webIdentity: token, region: region))
        } catch {
            throw error.from(name)
        }
    }
}
