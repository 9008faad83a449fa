/// Cuts Markdown so that it stays Markdown.
enum TextLimit {
    /// The most that a comment may have: UTF-16 code units, the most that anyone could count characters in.
    static let comment = 65_536
    /// The most that a check's summary or text may have: bytes.
    static let check = 65_535
    static let note = "_The rest was left out: GitHub takes no longer text._"

    /// The text, or as many of its lines as fit in `most` bytes of UTF-8 with a note behind them. Code blocks and
    /// `<details>` that the cut leaves open are closed.
    static func cut(_ text: String, to most: Int, note: String = note) -> String {
        guard text.utf8.count > most else { return text }
        let ending = "\n\n\(note)\n"
        var used = ending.utf8.count
        var lines: [Substring] = []
        var block = Blocks()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var after = block
            after.read(line)
            guard used + line.utf8.count + 1 + after.closing.utf8.count <= most else { break }
            used += line.utf8.count + 1
            lines.append(line)
            block = after
        }
        if lines.isEmpty { return prefix(of: text, bytes: max(0, most - ending.utf8.count)) + ending }
        return lines.joined(separator: "\n") + block.closing + ending
    }

    /// As many scalars as fit.
    static func prefix(of text: String, bytes most: Int) -> String {
        var output = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= most else { break }
            output.append(scalar)
        }
        return String(output)
    }

    /// What is open at the end of a line.
    private struct Blocks {
        /// The fence of the code block: three or more backticks or tildes.
        private var fence = ""
        private var details = 0

        mutating func read(_ line: Substring) {
            let text = line.drop { $0 == " " }
            let run = text.prefix { $0 == text.first }
            let isFence = run.count >= 3 && (run.first == "`" || run.first == "~")
            if !fence.isEmpty {
                let isEnd = isFence && run.hasPrefix(fence) && text.dropFirst(run.count).allSatisfy { $0 == " " }
                if isEnd { fence = "" }
            } else if isFence {
                fence = String(run)
            } else {
                details += line.ranges(of: "<details").count - line.ranges(of: "</details>").count
                details = max(0, details)
            }
        }

        var closing: String {
            (fence.isEmpty ? "" : "\n\(fence)") + String(repeating: "\n\n</details>", count: details)
        }
    }
}
