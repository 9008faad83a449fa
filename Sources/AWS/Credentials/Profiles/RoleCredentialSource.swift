/// A role that is taken on with the credentials of another source.
struct RoleCredentialSource: CredentialSource {
    let name: String
    let base: any CredentialSource
    let session: RoleSession
    let region: String
    let client: AWSClient

    func find() async throws(AWSError) -> CredentialAnswer {
        let credentials = try await base.require(at: client.configuration.now())
        do throws(AWSError) {
            return .found(
                try await client.using(StaticCredentialProvider(credentials)).assumeRole(session, region: region))
        } catch {
            throw error.from(name)
        }
    }
}
