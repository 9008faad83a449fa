internal import Documents

/// A role to take on, and how.
public struct RoleSession: Sendable {
    /// The role's ARN.
    public let role: String
    /// What AWS's logs call the session.
    public let name: String
    public internal(set) var externalID: ExternalID?
    /// In seconds; nil for as long as AWS gives without being asked, an hour.
    public internal(set) var duration: Int?
    /// Managed policies and a policy that bound the session, whatever the role allows.
    public var policyARNs: [String] = []
    public var policy: String?
    /// Tags of the session. The role's trust policy must allow `sts:TagSession`.
    public private(set) var tags: [(key: String, value: String)] = []
    /// Who is behind the session. The role's trust policy must allow `sts:SetSourceIdentity`.
    public private(set) var sourceIdentity: String?

    static let defaultName = "parapet"
    static let durations = 900...43_200

    /// A tenant's role: never without its external ID.
    public init(role: String, name: String, externalID: ExternalID) throws(AWSError) {
        try self.init(role: role, name: name)
        self.externalID = externalID
    }

    /// A role on the way to the tenants', which may have no external ID.
    init(role: String, name: String) throws(AWSError) {
        guard Self.isRole(role) else { throw .unfit("`\(role.prefix(200).inert)` is not the ARN of a role") }
        guard Self.isName(name, 2...64) else {
            throw .unfit(
                "`\(name.prefix(80).inert)` cannot name a session: 2 to 64 letters, digits and _ + = , . @ - can")
        }
        self.role = role
        self.name = name
    }

    /// At most 50 tags, with keys of 1 to 128 characters and values of at most 256.
    public mutating func setTags(_ tags: [(key: String, value: String)]) throws(AWSError) {
        guard tags.count <= 50,
            tags.allSatisfy({
                (1...128).contains($0.key.unicodeScalars.count) && $0.value.unicodeScalars.count <= 256
            })
        else {
            throw .invalid("a session has at most 50 tags, with keys of 1 to 128 characters and values of at most 256")
        }
        self.tags = tags
    }

    /// 2 to 64 letters, digits and `_+=,.@-`.
    public mutating func setSourceIdentity(_ identity: String) throws(AWSError) {
        guard Self.isName(identity, 2...64) else {
            throw .invalid("a source identity has 2 to 64 letters, digits and _ + = , . @ -")
        }
        sourceIdentity = identity
    }

    static func isName(_ text: String, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    }

    /// `[\w+=,.@-]` of ASCII.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_+=,.@-".utf8.contains(byte)
        }
    }

    private static func isRole(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && text.utf8.count <= 2_048 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && parts[0] == "arn" && parts[2] == "iam" && parts[5].hasPrefix("role/")
    }
}
