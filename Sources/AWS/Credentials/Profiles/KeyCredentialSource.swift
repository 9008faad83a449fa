internal import Documents

/// The keys that stand in a profile.
struct KeyCredentialSource: CredentialSource {
    let profile: Profiles.Profile

    var name: String { "profile `\(profile.name.inert)`" }

    func find() async throws(AWSError) -> CredentialAnswer {
        switch (profile["aws_access_key_id"], profile["aws_secret_access_key"]) {
        case (nil, nil): return .nothing("it has no keys")
        case (let key?, let secret?):
            return .found(
                Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: profile["aws_session_token"]))
        default: throw .unfit("there is only one of `aws_access_key_id` and `aws_secret_access_key`")
        }
    }
}
