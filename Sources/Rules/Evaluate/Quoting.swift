internal import Documents

/// Values from AWS as words of other languages. Nil where a value holds control characters: those are refused.
///
/// Works on scalars: a quote with a combining mark behind it is one `Character`, but still a quote to a shell.
enum Quoting {
    /// A single-quoted word of a POSIX shell.
    static func shell(_ text: String) -> String? {
        guard isPrintable(text) else { return nil }
        var output = "'".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "'" { output.append(contentsOf: "'\\''".unicodeScalars) } else { output.append(scalar) }
        }
        output.append("'")
        return String(output)
    }

    /// A string of Terraform's language.
    static func hcl(_ text: String) -> String? {
        guard isPrintable(text) else { return nil }
        var output = "\"".unicodeScalars
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": output.append("\\")
            // `${` and `%{` would start a template.
            case "{": if let previous, previous == "$" || previous == "%" { output.append(previous) }
            default: break
            }
            output.append(scalar)
            previous = scalar
        }
        output.append("\"")
        return String(output)
    }

    private static func isPrintable(_ text: String) -> Bool { text.inert.hasSameBytes(as: text) }
}
