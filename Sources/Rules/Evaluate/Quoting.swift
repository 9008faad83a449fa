internal import Documents

/// Values from AWS as words of other languages. Nil where a value holds control characters: those are refused.
enum Quoting {
    /// A single-quoted word of a POSIX shell.
    static func shell(_ text: String) -> String? {
        guard isPrintable(text) else { return nil }
        return "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }

    /// A string of Terraform's language.
    static func hcl(_ text: String) -> String? {
        guard isPrintable(text) else { return nil }
        var output = "\""
        var previous: Character?
        for character in text {
            switch character {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            // `${` and `%{` would start a template.
            case "{" where previous == "$" || previous == "%":
                output.append(previous == "$" ? "$" : "%")
                output.append("{")
            default: output.append(character)
            }
            previous = character
        }
        return output + "\""
    }

    private static func isPrintable(_ text: String) -> Bool { text.inert.hasSameBytes(as: text) }
}
