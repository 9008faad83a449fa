/// The ExternalId of a role's trust policy: 2 to 1,224 of ASCII letters, digits and `_+=,.@:/-`.
public struct ExternalID: Sendable, Hashable {
    public let text: String

    /// The error does not repeat the text.
    public init(_ text: String) throws(AWSError) {
        guard (2...1_224).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            throw .invalid(
                "an external ID has 2 to 1,224 characters, each a letter, a digit or one of _ + = , . @ : / -")
        }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        RoleSession.isNameByte(byte) || byte == 0x3A || byte == 0x2F
    }
}
