internal import Documents

/// Comma-separated values as RFC 4180 has them: every cell in quotes, lines that end in CR LF.
enum CSV {
    /// As many characters as a cell of Excel holds.
    static let longest = 32_000

    static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// One line of inert text in quotes. Where a spreadsheet would take it for a formula, an apostrophe stands in front:
    /// spreadsheets read that as "this is text".
    static func cell(_ raw: String) -> String {
        let line = raw.inertLine
        let text = startsFormula(raw) || startsFormula(line) ? "'" + line : line
        let cut = text.cut(to: longest)
        let quote = UInt8(ascii: "\"")
        return "\"" + (cut.utf8.contains(quote) ? cut.replacing("\"", with: "\"\"") : cut) + "\""
    }

    /// Whether what comes first, after spaces and characters that cannot be seen, begins a formula. Tabs and carriage
    /// returns do as well: some programs drop them, and read what follows.
    private static func startsFormula(_ text: String) -> Bool {
        let first = text.unicodeScalars.first { scalar in
            if scalar.isASCII { return scalar != " " }
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .format: return false
            default: return true
            }
        }
        switch first {
        // The last four are the wide forms that East Asian keyboards write.
        case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        default: return false
        }
    }
}
