import Testing

@testable import Git

@Suite struct RedactionTests {
    @Test(arguments: [
        ("https://user:pass@host/a", "https://host/a"),
        ("cannot use 'https://token@host': https://a:b@c/d", "cannot use 'https://host': https://c/d"),
        ("https://a:p@ss@host/x@y", "https://host/x@y"),
        ("https://host/a@b", "https://host/a@b"),
        ("git@github.com:a/b.git", "git@github.com:a/b.git"),
        ("://", "://"),
        ("line\n::error::no\u{1B}[31m", "line ::error::no [31m"),
    ])
    func cleaned(_ text: String, _ expected: String) {
        #expect(Redaction.clean(text) == expected)
    }

    @Test func secretsGo() {
        #expect(Redaction.remove("abc", from: "xabcx abc") == "x***x ***")
        #expect(Redaction.remove("", from: "x") == "x")
        #expect(Redaction.remove(nil, from: "x") == "x")
    }

    @Test(arguments: [
        ("https://github.com/a/b", "https://github.com/login", true),
        ("https://user@GitHub.com/a/b", "https://github.com/x", true),
        ("https://github.com/a/b", "https://evil.example/a", false),
        ("https://github.com/a/b", "http://github.com/a/b", false),
        ("http://github.com/a/b", "http://github.com/a/b", false),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a", true),
        ("https://github.com/a", "https://github.com:444/a", false),
        ("git@github.com:a/b", "git@github.com:a/b", false),
    ])
    func tokenStaysWithItsHost(_ remote: String, _ asking: String, _ expected: Bool) {
        #expect(Endpoint(remote).mayReceiveToken(asking) == expected)
    }
}
