public import Documents

/// An access key, for a while or for good. No text of it ever shows the secret or the token.
public struct Credentials: Sendable, Hashable {
    public let accessKeyID: String
    public let secretAccessKey: String
    public let sessionToken: String?
    /// When they end; nil for long-term keys.
    public let expiry: Timestamp?

    public init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiry: Timestamp? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiry = expiry
    }

    /// Whether they still hold for `seconds` after `moment`.
    public func hold(for seconds: Int64, after moment: Timestamp) -> Bool {
        guard let expiry else { return true }
        return expiry.seconds - moment.seconds > seconds
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of the key, and its last four characters.
    public var description: String {
        let shown = accessKeyID.utf8.count >= 16 ? "...\(accessKeyID.suffix(4))" : "..."
        return "Credentials(\(sessionToken == nil ? "long-term" : "temporary") \(shown))"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
