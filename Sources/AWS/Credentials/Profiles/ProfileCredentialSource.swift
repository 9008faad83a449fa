internal import Documents

/// A profile of AWS's shared files.
public struct ProfileCredentialSource: CredentialSource {
    public enum Choice: Sendable {
        /// The one that `AWS_PROFILE` names. It must be there, and must have credentials.
        case named
        /// `default`.
        case standard
    }

    private let choice: Choice
    private let profile: String?
    private let context: CredentialContext

    public init(_ choice: Choice, _ context: CredentialContext) {
        self.choice = choice
        self.context = context
        switch choice {
        case .named: profile = context["AWS_PROFILE"] ?? context["AWS_DEFAULT_PROFILE"]
        case .standard: profile = "default"
        }
    }

    public var name: String {
        switch (choice, profile) {
        case (.named, let profile?): "the profile `\(profile.inert)`, which AWS_PROFILE names"
        case (.named, nil): "the profile in AWS_PROFILE"
        case (.standard, _): "the profile `default`"
        }
    }

    public func find() async throws(AWSError) -> CredentialAnswer {
        guard let profile else { return .nothing("AWS_PROFILE is not set") }
        let profiles = try Profiles(environment: context.environment)
        let resolver = ProfileResolver(profiles: profiles, context: context)
        let reason: String
        if profiles.profiles[profile] == nil {
            reason = "\(profiles.place) have no such profile"
        } else if let source = try resolver.source(for: profile) {
            return try await source.find()
        } else {
            reason = "it has no credentials in \(profiles.place)"
        }
        switch choice {
        case .named: throw .unfit(reason)
        case .standard: return .nothing(reason)
        }
    }
}
