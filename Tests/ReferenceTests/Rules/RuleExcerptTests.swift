import Documents
import Testing

@testable import Reference

@Suite struct RuleExcerptTests {
    private func excerpts(_ text: String) -> [String] {
        RuleExcerpt.conditions(of: SourceFile(path: "r.yaml", text: text)).map { "\($0.key)|\($0.text)" }
    }

    @Test(arguments: [
        ("rule: a\nfail_when: {A: 1}\n", ["fail_when|fail_when: {A: 1}"]),
        ("fail_when:\n  A: 1\n\n# next\nmessage: x\n", ["fail_when|fail_when:\n  A: 1"]),
        (
            "rule: a\n# why\n# so\nwhere: {A: 1}\npass_when:\n  # inside\n  B: 2\n",
            ["where|# why\n# so\nwhere: {A: 1}", "pass_when|pass_when:\n  # inside\n  B: 2"]
        ),
        ("rule: a\r\npass_when:\r\n  A: 1\r\ntests: []\r\n", ["pass_when|pass_when:\n  A: 1"]),
        ("{rule: a, pass_when: {A: 1}, tests: []}", ["pass_when|{rule: a, pass_when: {A: 1}, tests: []}"]),
        ("{rule: a, pass_when: {A: 1},\n tests: []}", ["pass_when|{rule: a, pass_when: {A: 1},"]),
        ("pass_when: {A: 1}", ["pass_when|pass_when: {A: 1}"]),
        ("rule: a\n", []), ("- a\n", []), ("a: [", []), ("", []),
    ])
    func text(source: String, expected: [String]) {
        #expect(excerpts(source) == expected)
    }

    @Test func values() {
        let found = RuleExcerpt.conditions(
            of: SourceFile(path: "r.yaml", text: "pass_when: {A: {in: [1, x]}}\n"))
        #expect(found.map(\.value) == [["A": ["in": [1, "x"]]]])
    }
}
