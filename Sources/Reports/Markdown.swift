internal import Documents

/// Text for GitHub-flavoured Markdown. Everything that comes from AWS or from a repository goes through here.
enum Markdown {
    /// Inert text within a table cell or a line: no markup, no HTML, no links, no mentions, one line.
    static func text(_ raw: some StringProtocol) -> String {
        var output = ""
        for scalar in raw.inert.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            // An entity shows as the character and starts neither markup nor a mention nor an issue's number.
            case "@": output += "&#64;"
            case "#": output += "&#35;"
            case "|": output += "&#124;"
            case "`": output += "&#96;"
            case ":": output += "&#58;"
            case "\\", "*", "_", "[", "]", "(", ")", "~", "!", "$": output += "\\" + String(scalar)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    /// A code span; inert, one line, safe in table cells.
    static func code(_ raw: some StringProtocol) -> String {
        let entities = raw.inert.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "|": "&#124;"
            default: String(scalar)
            }
        }.joined()
        return "<code>\(entities.isEmpty ? " " : neutral(entities))</code>"
    }

    /// Markdown is read inside `<code>` too, so that its characters are entities there.
    private static func neutral(_ text: String) -> String {
        let special: [Character: String] = [
            "`": "&#96;", "*": "&#42;", "_": "&#95;", "[": "&#91;", "]": "&#93;", "\\": "&#92;", "@": "&#64;",
            "~": "&#126;",
            "!": "&#33;", ":": "&#58;", "$": "&#36;",
        ]
        return text.map { special[$0] ?? String($0) }.joined()
    }

    static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    static func table(_ header: [String], _ rows: [[String]]) -> String {
        row(header) + row(header.map { _ in "---" }) + rows.map(row).joined()
    }
}
