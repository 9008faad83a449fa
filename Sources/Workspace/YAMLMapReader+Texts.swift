internal import Documents

extension YAMLMapReader {
    /// A day, `2027-02-28`: the moment at which it starts, in UTC.
    mutating func day(_ key: String, area: String, _ diagnostics: inout FileDiagnostics) -> Timestamp? {
        guard let node = node(key, required: true, &diagnostics) else { return nil }
        let shape = (node.text ?? "").utf8.enumerated().allSatisfy { index, byte in
            index == 4 || index == 7
                ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        if let text = node.text, shape, text.utf8.count == 10, let day = Timestamp(text) { return day }
        diagnostics.error(
            "\(area)/date", "`\(key)` must be a date, not \(node.text.map { "`\($0)`" } ?? node.kind)", at: node.span,
            help: "write it like 2027-02-28; from that day on, in UTC, it no longer holds")
        return nil
    }

    /// Text that says something.
    mutating func words(
        _ key: String, area: String, required: Bool = true, _ diagnostics: inout FileDiagnostics
    ) -> String? {
        guard let text = string(key, required: required, &diagnostics) else { return nil }
        guard text.allSatisfy(\.isWhitespace) else { return text }
        diagnostics.error("\(area)/empty", "`\(key)` must not be empty", at: span(of: key))
        return nil
    }
}
