import Documents
import TestSupport
import Testing

@testable import Reports

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("plain-name.txt", "plain-name.txt"), ("a|b", "a&#124;b"), ("<b>", "&lt;b&gt;"), ("*x*", "\\*x\\*"),
        ("- x", "&#45; x"), ("1. x", "1&#46; x"), ("1.5", "1&#46;5"), ("v1.5", "v1.5"), ("a\nb", "a b"), (" x \n", "x"),
        ("a\r\n\r\nb", "a b"), ("@bob", "&#64;&#8203;bob"), ("#1", "&#35;&#8203;1"), ("GH-1", "GH-&#8203;1"),
        ("GH-x", "GH-x"),
        ("www.x.org", "&#119;ww.x.org"), ("wwwx", "wwwx"), ("$x$", "\\$x\\$"), ("\u{1B}[0m", "\u{FFFD}\\[0m"), ("", ""),
    ])
    func textIsInert(raw: String, shown: String) { #expect(Markdown.text(raw) == shown) }

    @Test(arguments: [
        ("plain-name.txt", "plain-name.txt"), ("a|b", "a&#124;b"), ("a_b", "a&#95;b"), ("a`b", "a&#96;b"), ("", " "),
        ("\n", " "),
        ("a@b.c", "a<!-- -->&#64;b.c"), ("$x", "&#36;x"), ("a\nb", "a b"), ("https://x", "https&#58;//x"),
    ])
    func codeIsInert(raw: String, shown: String) { #expect(Markdown.code(raw) == "<code>\(shown)</code>") }

    @Test(arguments: Hostile.names) func rendersAsWritten(name: String) throws {
        let text = Markdown.text(name)
        let code = Markdown.code(name)
        #expect(!text.contains { $0.isNewline } && !code.contains { $0.isNewline })
        let page =
            Markdown.table(["a", "b"], [[text, code], ["x " + text, text + "<br>" + code]])
            + "\n\(text)\n\n\(code)\n\n### \(text)\n"
        guard let rendered = try RenderedMarkdown(page) else { return }
        rendered.expectInert("`\(name.prefix(40))`")
        #expect(rendered.cellsByTable == [[2, 2, 2]])
        let lines = name.split(whereSeparator: \.isNewline).map {
            $0.inert.split(separator: " ").joined(separator: " ")
        }
        let expected = lines.filter { !$0.isEmpty }.joined(separator: " ")
        let seen = rendered.text.replacing("\u{200B}", with: "").split { $0 == " " || $0 == "\n" }.joined(
            separator: " ")
        #expect(seen.contains(expected), "the reader sees something else than \(name.prefix(40))")
    }

    @Test func rowsHaveOneCellAColumn() {
        #expect(Markdown.table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n")
    }

    /// What stands in backticks is code; spaces around it stay.
    @Test(arguments: [
        ("the base's `high` was used", "the base's <code>high</code> was used"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("no <b>", "no &lt;b&gt;"), ("one ` alone", "one &#96; alone"), ("``", "&#96;&#96;"), ("", ""),
    ])
    func prose(text: String, markdown: String) { #expect(Markdown.prose(text) == markdown) }

    @Test(arguments: Hostile.names) func proseIsInert(name: String) throws {
        let page = ["`\(name)`", "a `\(name)` b", "\(name)`x`\(name)", name].map { Markdown.prose($0) }.joined(
            separator: "\n\n")
        try RenderedMarkdown(page)?.expectInert("`\(name.prefix(40))`")
    }
}
