/// The sections of a file such as `~/.aws/credentials`.
struct SharedFile {
    private(set) var sections: [String: [String: String]] = [:]

    init(text: String) {
        var section: String?
        for line in text.split(whereSeparator: \.isNewline) {
            // An indented line belongs to a nested section, which no key of a profile is.
            if line.first == " " || line.first == "\t" { continue }
            let line = ResponseDecoder.trim(String(line))
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = ResponseDecoder.trim(String(line[line.index(after: line.startIndex)..<end]))
            } else if let section, let equals = line.firstIndex(of: "=") {
                let key = ResponseDecoder.trim(String(line[..<equals])).lowercased()
                let value = Self.withoutComment(String(line[line.index(after: equals)...]))
                if !value.isEmpty { sections[section, default: [:]][key] = value }
            }
        }
    }

    /// A comment starts at ` #` or ` ;`.
    private static func withoutComment(_ text: String) -> String {
        var previous: Character = " "
        var kept = ""
        for character in text {
            if character == "#" || character == ";", previous == " " || previous == "\t", !kept.isEmpty { break }
            kept.append(character)
            previous = character
        }
        return ResponseDecoder.trim(kept)
    }
}
