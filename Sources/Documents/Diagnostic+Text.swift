extension Diagnostic {
    /// The diagnostic as people read it in a terminal: message, place, excerpt with carets, help.
    public func text(style: TextStyle = .plain) -> String {
        let accent: TextStyle.Accent = severity == .error ? .error : .warning
        var output =
            style.paint("\(severity.rawValue)[\(code)]", accent) + ": " + style.paint(message.inert, .strong) + "\n"
        guard let span else {
            output += "  --> \(path.inert)\n"
            if let help { output += "   = help: \(help.inert)\n" }
            return output
        }
        output += "  --> \(path.inert):\(span.line):\(span.column)\n"
        if let excerpt {
            let number = String(span.line)
            let margin = String(repeating: " ", count: number.count)
            let (line, column) = Self.window(excerpt, around: span.column)
            let room = max(1, line.unicodeScalars.count - (column - 1))
            output += " \(margin) |\n \(number) | \(line.inert)\n"
            output += " \(margin) | \(String(repeating: " ", count: column - 1))"
            output += style.paint(String(repeating: "^", count: min(max(1, span.length), room)), accent) + "\n"
        }
        if let help {
            output += " \(String(repeating: " ", count: String(span.line).count)) = help: \(help.inert)\n"
        }
        return output
    }

    /// A long line is cut to what stands around the column.
    private static func window(_ line: String, around column: Int) -> (line: String, column: Int) {
        let width = 160
        let characters = Array(line.unicodeScalars)
        let column = max(1, column)
        guard characters.count > width else { return (line, min(column, characters.count + 1)) }
        let start = max(0, min(column - 1 - width / 2, characters.count - width))
        var cut = String.UnicodeScalarView()
        cut.append(contentsOf: characters[start..<min(characters.count, start + width)])
        return (String(cut), min(column, characters.count + 1) - start)
    }
}
