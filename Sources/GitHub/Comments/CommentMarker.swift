internal import Documents

/// The hidden first line by which a comment is found again.
public struct CommentMarker: Sendable, Equatable {
    /// What tells this comment from others of the program: letters, digits and `.`, `_`, `/`, `-`. Other keys are hashed.
    let key: String

    public init(_ key: String) {
        let isPlain =
            (1...100).contains(key.utf8.count) && !key.contains("--")
            && key.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                RepositoryName.isPlain(String($0))
            }
        self.key = isPlain ? key : SHA256.hexDigest(key.utf8)
    }

    public var line: String { "<!-- parapet: \(key) -->" }
    /// The line of a comment that was hidden: no longer, so that it fits where the other did.
    var retiredLine: String { "<!-- retired: \(key) -->" }

    /// Whether a comment begins with this line.
    func marks(_ body: String) -> Bool { Self.firstLine(of: body).hasSameBytes(as: line) }

    /// The comment's text with its marker.
    func mark(_ text: String) -> String { "\(line)\n\(text)" }

    func retire(_ body: String) -> String {
        retiredLine + String(decoding: body.utf8.dropFirst(Self.firstLine(of: body).utf8.count), as: UTF8.self)
    }

    private static func firstLine(of body: String) -> String {
        String(decoding: body.utf8.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
}
