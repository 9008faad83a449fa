internal import Documents

/// Comma-separated values as RFC 4180 has them: every cell in quotes, lines that end in CR LF.
enum CSV {
    /// As many characters as a cell of Excel holds.
    static let longest = 32_000

    static func row(_ cells: [String]) -> String {
        var row = ""
        for (index, raw) in cells.enumerated() {
            row += index == 0 ? "\"" : ",\""
            row += isPlain(raw) ? raw : content(raw)
            row += "\""
        }
        return row + "\r\n"
    }

    /// Whether a text stands for itself, as most do: printable ASCII without a quote that begins with a letter or a digit.
    private static func isPlain(_ raw: String) -> Bool {
        guard let first = raw.utf8.first else { return true }
        let startsFormula = !(UInt8(ascii: "0")...UInt8(ascii: "z")).contains(first) || first == UInt8(ascii: "=")
        return !startsFormula && first != UInt8(ascii: "@") && raw.utf8.count <= longest && raw.isPlainLine
            && !raw.utf8.contains(UInt8(ascii: "\""))
    }

    /// One line of inert text in quotes. Where a spreadsheet would take it for a formula, an apostrophe stands in front:
    /// spreadsheets read that as "this is text".
    static func cell(_ raw: String) -> String { "\"" + content(raw) + "\"" }

    private static func content(_ raw: String) -> String {
        let line = raw.inertLine
        let text = startsFormula(raw) || startsFormula(line) ? "'" + line : line
        let cut = text.cut(to: longest)
        let quote = UInt8(ascii: "\"")
        return cut.utf8.contains(quote) ? cut.replacing("\"", with: "\"\"") : cut
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
