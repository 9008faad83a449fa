public import Documents

/// Where policy documents stand that count together: `documents: {of: [...], boundary: ..., admin: true}`.
public struct PolicySources: Sendable, Hashable {
    /// A way from a resource to documents, through lists and relations.
    public struct Way: Sendable, Hashable {
        public enum Step: Sendable, Hashable {
            case member(String)
            case relation(String)
        }

        public var steps: [Step]
        public var text: String
        public var span: Span
    }

    /// The ways to documents that grant.
    public var granting: [Way]
    /// The way to the permissions boundary.
    public var boundary: Way?
}

extension PolicySources.Way {
    /// Reads `A.B`, `related.NAME.A`, `related.NAME.related.OTHER.A`. Nil for text that is none.
    init?(_ text: String, span: Span) {
        guard var segments = Path.segments(text)?[...] else { return nil }
        steps = []
        while let first = segments.popFirst() {
            if first == "related" {
                guard let name = segments.popFirst() else { return nil }
                steps.append(.relation(name))
            } else {
                steps.append(.member(first))
            }
        }
        self.text = text
        self.span = span
    }
}
