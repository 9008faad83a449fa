/// An action of GitHub at a commit: `acme/parapet@` and 40 hexadecimal digits. Tags and branches can be moved, and are
/// none.
public struct ActionReference: Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let place = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        let commit = parts[1].utf8
        guard place.count == 2, GitHubName.isOwner(place[0]), GitHubName.isName(place[1]), commit.count == 40,
            commit.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        description = text
    }
}

/// A user or a team on GitHub: `@alice`, `@acme/security`.
public struct CodeOwner: Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard text.hasPrefix("@") else { return nil }
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), GitHubName.isOwner(parts[0]),
            parts.count == 1 || GitHubName.isName(parts[1])
        else { return nil }
        description = text
    }
}

/// What GitHub takes for names.
private enum GitHubName {
    /// Of a user or an organisation: letters, digits and hyphens, of enterprises an underscore too.
    static func isOwner(_ text: Substring) -> Bool {
        (1...39).contains(text.utf8.count) && text.utf8.first != 0x2D
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }

    /// Of a repository or a team: full stops and underscores too.
    static func isName(_ text: Substring) -> Bool {
        (1...100).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
