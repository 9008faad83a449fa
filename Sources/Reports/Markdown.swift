internal import Documents

/// Text for GitHub-flavoured Markdown. Everything that comes from AWS or from a repository goes through here.
package enum Markdown {
    /// Follows a sign that GitHub would make a link of: entities are decoded before links are looked for.
    private static let breaker = "&#8203;"

    /// Inert text within a table cell or a line, or all of a line: no markup, no HTML, no links, no mentions, one line.
    package static func text(_ raw: some StringProtocol) -> String {
        if isPlain(raw) { return String(raw) }
        var output = ""
        let scalars = Array(line(raw).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            // Entities start no markup.
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "|": output += "&#124;"
            case "`": output += "&#96;"
            case ":": output += "&#58;"
            // Mentions and addresses, issues, `GH-1`.
            case "@": output += "&#64;" + breaker
            case "#": output += "&#35;" + breaker
            case "-" where startsIssue(scalars, at: index): output += "-" + breaker
            case "w", "W": output += startsHost(scalars, at: index) ? entity(scalar) : String(scalar)
            // Lists, rules and underlines of headings start a line.
            case "-" where index == 0, "+" where index == 0, "=" where index == 0: output += entity(scalar)
            case "." where index > 0 && scalars[..<index].allSatisfy(isDigit): output += entity(scalar)
            case "\\", "*", "_", "[", "]", "(", ")", "~", "!", "$": output += "\\" + String(scalar)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    /// A code span; inert, one line, safe in table cells.
    package static func code(_ raw: some StringProtocol) -> String {
        if isPlain(raw), !raw.isEmpty { return "<code>\(raw)</code>" }
        let scalars = Array(line(raw).unicodeScalars)
        guard !scalars.isEmpty else { return "<code> </code>" }
        let entities = scalars.enumerated().map { index, scalar in
            switch scalar {
            // Markdown is read inside of `<code>` too.
            case "&", "<", ">", "|", "`", "*", "_", "[", "]", "\\", "~", "!", "$": entity(scalar)
            case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": entity(scalar)
            // GitHub makes no mentions of what is code, but addresses. The comment keeps the text as it is to copy.
            case "@": "<!-- -->" + entity(scalar)
            case "w" where startsHost(scalars, at: index), "W" where startsHost(scalars, at: index): entity(scalar)
            default: String(scalar)
            }
        }
        return "<code>\(entities.joined())</code>"
    }

    /// A code span that is a link. The address is one that Parapet made, without spaces and angle brackets.
    package static func code(_ raw: some StringProtocol, to address: String?) -> String {
        guard let address else { return code(raw) }
        // Entities are decoded in addresses; `$` could start a formula, `|` a cell.
        let entities = address.unicodeScalars.map { scalar in
            switch scalar {
            case "&", "|", "$", "*", "_", "\\", "<", ">": entity(scalar)
            default: String(scalar)
            }
        }
        return "[\(code(raw))](<\(entities.joined())>)"
    }

    /// Whether a text stands for itself wherever it is: letters, digits, and hyphens and spaces within, without anything that
    /// GitHub could read as an issue or a host.
    private static func isPlain(_ raw: some StringProtocol) -> Bool {
        guard raw.utf8.first.map(isWord) ?? true else { return false }
        var last = UInt8(ascii: "x")
        let isHarmless = raw.utf8.allSatisfy { byte in
            let isAfterH = last == UInt8(ascii: "h") || last == UInt8(ascii: "H")
            last = byte
            return isWord(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") && !isAfterH
        }
        return isHarmless && isWord(last)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// A sentence of a program's in which what users wrote stands in backticks: it becomes code. Inert, as ``text(_:)``.
    package static func prose(_ raw: some StringProtocol) -> String {
        let parts = line(raw).split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return text(raw) }
        return parts.enumerated().map { index, part in
            if index % 2 == 1 { return part.isEmpty ? "&#96;&#96;" : code(part) }
            guard let first = part.first, let last = part.last else { return "" }
            return (index > 0 && first == " " ? " " : "") + text(part)
                + (index + 1 < parts.count && last == " " ? " " : "")
        }.joined()
    }

    package static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    package static func table(_ header: [String], _ rows: [[String]]) -> String {
        row(header) + row(header.map { _ in "---" }) + rows.map(row).joined()
    }

    /// One line: the ends of lines are spaces, none of them at either end.
    private static func line(_ raw: some StringProtocol) -> String {
        if raw.isPlainLine { return raw.trimmingSpaces }
        let lines = raw.split(whereSeparator: \.isNewline).map { $0.inert.trimmingSpaces }
        return lines.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func entity(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: "&#\(scalar.value);"
        }
    }

    /// Whether `www.` stands here.
    private static func startsHost(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        let word = scalars[index...].prefix(4).map { $0.properties.lowercaseMapping }
        return word == ["w", "w", "w", "."]
    }

    /// Whether this is the hyphen of `GH-1`.
    private static func startsIssue(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard index >= 2, index + 1 < scalars.count, isDigit(scalars[index + 1]) else { return false }
        return scalars[index - 2..<index].map { $0.properties.lowercaseMapping } == ["g", "h"]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

extension StringProtocol {
    /// The text without spaces at its ends.
    fileprivate var trimmingSpaces: String {
        guard first == " " || last == " " else { return String(self) }
        return String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
