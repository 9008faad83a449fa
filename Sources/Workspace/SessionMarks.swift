internal import Documents

/// How a tenant's sessions are marked in AWS's own logs and policies.
public struct SessionMarks: Sendable, Equatable {
    /// By key. The role's trust policy must allow `sts:TagSession`.
    public var tags: [String: String]
    /// Who is behind the session. The role's trust policy must allow `sts:SetSourceIdentity`.
    public var sourceIdentity: String?

    public init(tags: [String: String] = [:], sourceIdentity: String? = nil) {
        self.tags = tags
        self.sourceIdentity = sourceIdentity
    }
}

/// Reads a tenant's `session:`.
enum SessionMarksParser {
    static let mostTags = 50

    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> SessionMarks {
        var map = YAMLMapReader(node, of: "`session`", area: "tenant", &diagnostics)
        let tags = map.stringMap("tags", &diagnostics) ?? []
        let identity = map.node("source_identity", &diagnostics)
        let span = map.span(of: "tags")
        map.finish(&diagnostics)
        if tags.count > mostTags {
            diagnostics.error(
                "tenant/value", "a session has at most \(mostTags) tags, not \(tags.count)", at: span)
        }
        for tag in tags where !isTag(tag.key, 1...128) || !isTag(tag.value, 0...256) {
            diagnostics.error(
                "tenant/value", "`\(tag.key)` and its value cannot be a session's tag", at: span,
                help: "keys of 1 to 128 characters, values of at most 256: letters, digits, spaces and _ . : / = + - @")
        }
        if let identity, !isIdentity(identity.text ?? "") {
            diagnostics.error(
                "tenant/value", "\(identity.text.map { "`\($0)`" } ?? identity.kind) cannot be a source identity",
                at: identity.span, help: "2 to 64 letters, digits and _ + = , . @ -")
        }
        return SessionMarks(
            tags: Dictionary(tags.map { ($0.key, $0.value) }) { first, _ in first }, sourceIdentity: identity?.text)
    }

    private static func isTag(_ text: String, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.unicodeScalars.count)
            && text.allSatisfy { $0.isLetter || $0.isNumber || " _.:/=+-@".contains($0) }
    }

    private static func isIdentity(_ text: String) -> Bool {
        (2...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+=,.@-".contains($0)) }
    }
}
