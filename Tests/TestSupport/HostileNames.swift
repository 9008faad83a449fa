/// Names that somebody who may create resources could choose.
public enum Hostile {
    public static let names: [String] = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</code><b>bold</b>", "</td></tr></table>", "<!--",
        "-->", "&lt;b&gt;", "&#64;alice", "**bold** _it_ __x__ ***", "[text](https://evil.example)",
        "![p](//evil.example/p.png)",
        "[ref]: https://evil.example", "<https://evil.example>", "https://evil.example/x", "ftp://evil.example",
        "HTTPS://EVIL.example", "www.evil.example", "(www.evil.example)", "*www.evil.example", "see www.evil.example/x",
        "WWW.evil.example", "user@evil.example", "mailto:user@evil.example", "xmpp:user@evil.example", "@alice",
        "x @acme/security y", "#123", "see #7", "acme/app#12", "GH-123", "gh-9", "a|b|c", "a\\|b", "\\", "ends with \\",
        "\\\\|", "`code`", "``", "`a", "``` fence", "~~~ fence", "line\none", "a\r\nb", "a\n\n# heading", "\n- item\n",
        "- item",
        "+ item", "* item", "1. item", "12. item", "1) item", "# heading", "## h ##", "> quote", "---", "===", "***",
        "___",
        "    indented", "\ttab", "\u{1B}[31mred\u{1B}[0m", "\u{202E}evil\u{202C}", "\u{2066}x\u{2069}", "\u{200F}rtl",
        "\u{0}nul",
        "$math$", "$$x$$", "$`x`$", "~~gone~~", "~sub~", ":smile:", "[^1]", "[x]: y", "{{ x }}", "<br>", "<a href=x>",
        "&amp;",
        "a & b", "| --- |", "-|-", " ", "", "\u{2028}x", "\u{85}y", "<a@b.c>", "caf\u{E9}", "日本語", "<details open>",
        "<title>", "<textarea>", String(repeating: "long", count: 1_024), String(repeating: "|", count: 300),
        String(repeating: "`", count: 99) + "x", String(repeating: "[", count: 500),
        String(repeating: "*a_", count: 300),
    ]
}
