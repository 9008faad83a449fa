public import Documents
internal import Rules

/// A key of a rule's file with its value, as people wrote it.
public struct RuleExcerpt: Sendable {
    public let key: String
    /// The lines of the file, the comments right above included.
    public let text: String
    public let value: JSON

    /// `where`, `fail_when` and `pass_when` of a rule's file, in the file's order.
    static func conditions(of source: SourceFile) -> [RuleExcerpt] {
        var diagnostics = FileDiagnostics(file: source)
        guard let pairs = YAMLReader.read(&diagnostics, limits: RuleParser.limits())?.mapping else { return [] }
        let lines = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        return pairs.enumerated().compactMap { index, pair in
            guard let key = pair.key.text, ["where", "fail_when", "pass_when"].contains(key) else { return nil }
            let next = index + 1 < pairs.count ? pairs[index + 1].key.span.line : lines.count + 1
            return RuleExcerpt(
                key: key, text: Self.text(lines, from: pair.key.span.line, to: next), value: pair.value.json)
        }
    }

    /// The lines from one line (from 1) up to another, without what comments on the latter.
    private static func text(_ lines: [String], from first: Int, to next: Int) -> String {
        var start = max(0, min(first - 1, lines.count))
        var end = max(start, min(next - 1, lines.count))
        while start > 0, lines[start - 1].hasPrefix("#") { start -= 1 }
        while end > start, isComment(lines[end - 1]) { end -= 1 }
        // Keys that share a line have no lines of their own.
        return lines[start..<max(end, min(start + 1, lines.count))].joined(separator: "\n")
    }

    private static func isComment(_ line: String) -> Bool {
        line.hasPrefix("#") || line.allSatisfy { $0 == " " || $0 == "\t" }
    }
}
