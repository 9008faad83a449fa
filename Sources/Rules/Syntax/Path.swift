public import Documents

/// Where a condition looks.
public struct Path: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// Members from the current value down.
        case members([String])
        /// The current value itself.
        case this
        /// Resources that a relation leads to.
        case related(String)
        /// A range of whole numbers between two members.
        case range(from: [String], to: [String])
        /// A tag of the resource.
        case tag(String)
        case region
        case account
        /// Policy documents that count together. No text is read as such a path.
        case documents(PolicySources)
    }

    public var kind: Kind
    public var text: String
    public var span: Span

    public var description: String { text }
}

extension Path {
    /// Reads a path. Nil for text that is none.
    public init?(_ text: String, span: Span) {
        self.text = text
        self.span = span
        if text == "this" {
            kind = .this
        } else if text == "region" {
            kind = .region
        } else if text == "account" {
            kind = .account
        } else if let range = Self.rangeDots(in: text), !text.contains("['") {
            guard let from = Self.segments(String(text[..<range.lowerBound])),
                let to = Self.segments(String(text[range.upperBound...]))
            else { return nil }
            kind = .range(from: from, to: to)
        } else {
            guard let segments = Self.segments(text), let first = segments.first else { return nil }
            if first == "related", segments.count == 2 {
                kind = .related(segments[1])
            } else if first == "tags", segments.count >= 2 {
                kind = .tag(segments.dropFirst().joined(separator: "."))
            } else {
                kind = .members(segments)
            }
        }
    }

    /// `A.B['any key'].C` as its segments; nil where one is empty or a bracket is not closed.
    static func segments(_ text: String) -> [String]? {
        var segments: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix("['") {
                guard let end = Self.closingBracket(in: rest) else { return nil }
                segments.append(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound]))
                rest = rest[end.upperBound...]
            } else {
                let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
                guard end > rest.startIndex else { return nil }
                segments.append(String(rest[..<end]))
                rest = rest[end...]
            }
            if rest.first == "." {
                rest.removeFirst()
                if rest.isEmpty { return nil }
            }
        }
        return segments.isEmpty ? nil : segments
    }
}

extension Path {
    private static func rangeDots(in text: String) -> Range<String.Index>? { find("..", in: text[...]) }
    private static func closingBracket(in text: Substring) -> Range<String.Index>? { find("']", in: text) }

    private static func find(_ needle: String, in text: Substring) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(needle) { return start..<text.index(start, offsetBy: needle.count) }
            start = text.index(after: start)
        }
        return nil
    }
}
