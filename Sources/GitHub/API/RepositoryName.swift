/// `owner/name`, made of the characters that GitHub allows; equal whatever the case.
public struct RepositoryName: Sendable, Hashable, CustomStringConvertible {
    public let owner: String
    public let name: String

    /// Nil for what cannot be a repository's name.
    public init?(_ text: some StringProtocol) {
        let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, parts.allSatisfy(Self.isPlain) else { return nil }
        owner = parts[0]
        name = parts[1]
    }

    public var description: String { "\(owner)/\(name)" }

    public static func == (left: Self, right: Self) -> Bool {
        left.description.lowercased() == right.description.lowercased()
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(description.lowercased()) }

    static func isPlain(_ part: String) -> Bool {
        (1...100).contains(part.utf8.count) && part != "." && part != ".." && part.utf8.allSatisfy(isPlain)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
