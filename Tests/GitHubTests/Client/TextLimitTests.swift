import TestSupport
import Testing

@testable import GitHub

@Suite struct TextLimitTests {
    @Test func whatFitsStays() {
        #expect(TextLimit.cut("a\nb", to: 3) == "a\nb")
        #expect(TextLimit.prefix(of: "\u{E4}\u{E4}", bytes: 3) == "\u{E4}")
    }

    @Test func openBlocksAreClosed() {
        let text = "<details><summary>x</summary>\n\n~~~~yaml\n```\n" + String(repeating: "line\n", count: 100)
        let cut = TextLimit.cut(text, to: 150)
        #expect(cut.utf8.count <= 150)
        #expect(cut.hasSuffix("line\n~~~~\n\n</details>\n\n\(TextLimit.note)\n"))
        let closed = "<details>\n```\nx\n```\n</details>\n" + String(repeating: "line\n", count: 100)
        #expect(TextLimit.cut(closed, to: 150).hasSuffix("line\n\n\(TextLimit.note)\n"))
    }

    @Test func everyTextFits() {
        var random = SeededGenerator(seed: 7)
        let parts = ["```", "~~~", "\n", "<details>", "</details>", "text ", "\u{1F512}", "\u{E4}", "\n\n", "````x\n"]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }
            .joined()
            let most = Int.random(in: 80...400, using: &random)
            #expect(TextLimit.cut(text, to: most).utf8.count <= most)
        }
    }
}
