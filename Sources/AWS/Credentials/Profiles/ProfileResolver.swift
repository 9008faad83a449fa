internal import Documents

/// Finds out what kind of credentials a profile has, and what they stand on.
struct ProfileResolver {
    let profiles: Profiles
    let context: CredentialContext

    /// The source of a profile's credentials; nil where it has none. Of several kinds the first of these is taken: a
    /// role, IAM Identity Center, keys, a program.
    func source(for name: String) throws(AWSError) -> (any CredentialSource)? {
        try source(for: name, below: [])
    }

    /// `below`: the profiles that stand on this one, the first asked for first.
    private func source(for name: String, below: [String]) throws(AWSError) -> (any CredentialSource)? {
        guard let profile = profiles.profiles[name] else {
            throw .unfit("\(profiles.place) have no profile `\(name.inert)`")
        }
        let path = below + [name]
        // A profile that another one stands on may have keys and a role: the keys are what is stood on.
        if profile["role_arn"] != nil, below.isEmpty || !hasKeys(profile) { return try role(profile, path) }
        if let source = try identityCenter(profile) { return source }
        if let source = try keys(profile) { return source }
        if let command = profile["credential_process"] {
            return ProcessCredentialSource(profile: name, command: command, context: context)
        }
        if profile["login_session"] != nil {
            throw .unfit("profile `\(name.inert)` has a `login_session`, which Parapet does not read")
        }
        return nil
    }

    // MARK: Keys

    private func hasKeys(_ profile: Profiles.Profile) -> Bool {
        profile["aws_access_key_id"] != nil || profile["aws_secret_access_key"] != nil
    }

    private func keys(_ profile: Profiles.Profile) throws(AWSError) -> (any CredentialSource)? {
        guard hasKeys(profile) else { return nil }
        return KeyCredentialSource(profile: profile)
    }

    // MARK: Roles

    private func role(_ profile: Profiles.Profile, _ path: [String]) throws(AWSError) -> any CredentialSource {
        let shown = "profile `\(profile.name.inert)`"
        let session = try session(profile, shown)
        let region = context.region(profile: profile["region"], role: session.role)
        let settings = ["web_identity_token_file", "source_profile", "credential_source"]
        let set = settings.filter { profile[$0] != nil }
        guard set.count == 1 else {
            let all = "`\(settings[0])`, `\(settings[1])` and `\(settings[2])`"
            throw .unfit("\(shown) has a `role_arn`, and \(set.isEmpty ? "none" : "more than one") of \(all)")
        }
        if let file = profile["web_identity_token_file"] {
            let token = WebIdentityTokenFile(
                path: Profiles.expanded(file, context.environment), setting: "`web_identity_token_file`")
            return WebIdentityCredentialSource(
                name: shown, token: token, session: session, region: region, client: context.client)
        }
        if profile["mfa_serial"] != nil {
            throw .unfit("\(shown) has an `mfa_serial`: Parapet runs unattended, and never asks for a code")
        }
        let base: any CredentialSource
        if let name = profile["source_profile"] {
            base = try sourceProfile(name, of: profile, path)
        } else {
            base = try credentialSource(profile["credential_source"] ?? "", shown)
        }
        return RoleCredentialSource(name: shown, base: base, session: session, region: region, client: context.client)
    }

    private func sourceProfile(
        _ name: String, of profile: Profiles.Profile, _ path: [String]
    ) throws(AWSError) -> any CredentialSource {
        // A profile may stand on its own keys.
        if name.hasSameBytes(as: profile.name), path.count == 1, let keys = try keys(profile) { return keys }
        if path.contains(where: { $0.hasSameBytes(as: name) }) {
            let loop = (path + [name]).map { "`\($0.inert)`" }.joined(separator: " → ")
            throw .unfit("`source_profile` goes round in a loop: \(loop)")
        }
        guard let source = try source(for: name, below: path) else {
            throw .unfit("profile `\(name.inert)`, the `source_profile` of `\(profile.name.inert)`, has no credentials")
        }
        return source
    }

    private func credentialSource(_ name: String, _ shown: String) throws(AWSError) -> any CredentialSource {
        switch name {
        case "Environment": return EnvironmentCredentialSource(environment: context.environment)
        case "Ec2InstanceMetadata": return InstanceCredentialSource(context)
        case "EcsContainer": return ContainerCredentialSource(context)
        default:
            throw .unfit(
                "`\(name.inert)` cannot be the `credential_source` of \(shown): it is one of Environment, "
                    + "Ec2InstanceMetadata and EcsContainer")
        }
    }

    private func session(_ profile: Profiles.Profile, _ shown: String) throws(AWSError) -> RoleSession {
        do throws(AWSError) {
            var session = try RoleSession(
                role: profile["role_arn"] ?? "", name: profile["role_session_name"] ?? RoleSession.defaultName)
            session.externalID = try profile["external_id"].map { text throws(AWSError) in try ExternalID(text) }
            if let text = profile["duration_seconds"] {
                guard let seconds = Int(text), RoleSession.durations.contains(seconds) else {
                    throw .unfit("`duration_seconds` is not a number from 900 to 43200")
                }
                session.duration = seconds
            }
            return session
        } catch {
            throw error.from(shown)
        }
    }

    // MARK: IAM Identity Center

    private func identityCenter(_ profile: Profiles.Profile) throws(AWSError) -> (any CredentialSource)? {
        guard profile["sso_account_id"] != nil || profile["sso_role_name"] != nil else { return nil }
        let shown = "profile `\(profile.name.inert)`"
        var settings = profile.settings
        if let name = profile["sso_session"] {
            guard let session = profiles.sessions[name] else {
                throw .unfit("\(shown) names the sso-session `\(name.inert)`, which \(profiles.place) do not have")
            }
            for (key, value) in session {
                if let own = settings[key], own != value {
                    throw .unfit("\(shown) and its sso-session `\(name.inert)` differ in `\(key.inert)`")
                }
                settings[key] = value
            }
        }
        func need(_ key: String) throws(AWSError) -> String {
            guard let value = settings[key] else {
                throw .unfit("\(shown) is one of IAM Identity Center, without `\(key)`")
            }
            return value
        }
        let startURL = try need("sso_start_url")
        return IdentityCenterCredentialSource(
            profile: profile.name, cacheKey: profile["sso_session"] ?? startURL, region: try need("sso_region"),
            account: try need("sso_account_id"), role: try need("sso_role_name"), context: context)
    }
}
