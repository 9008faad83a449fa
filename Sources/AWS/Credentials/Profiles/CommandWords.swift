/// The words of a command line, as AWS CLI parts them: quotation marks and backslashes as in a shell, and nothing else of
/// one. No variable, no `~` and no pattern means anything.
enum CommandWords {
    /// Nil where a quotation mark or a backslash has no end.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var quote: Unicode.Scalar?
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (scalar, quote) {
            case ("'", "'"?), ("\"", "\""?): quote = nil
            case ("\\", "\""?):
                guard let next = scalars.popFirst() else { return nil }
                if next != "\"" && next != "\\" { word?.append("\\") }
                word?.append(next)
            case (_, _?): word?.append(scalar)
            case ("'", nil), ("\"", nil):
                quote = scalar
                word = word ?? .init()
            case ("\\", nil):
                guard let next = scalars.popFirst() else { return nil }
                word = word ?? .init()
                word?.append(next)
            case (" ", nil), ("\t", nil), ("\r", nil), ("\n", nil):
                if let word { words.append(String(word)) }
                word = nil
            default:
                word = word ?? .init()
                word?.append(scalar)
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(String(word)) }
        return words
    }
}
