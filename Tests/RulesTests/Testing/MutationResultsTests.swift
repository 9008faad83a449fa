import Documents
import Testing

@testable import Rules

@Suite struct MutationResultsTests {
    static let results = MutationResults(subjects: [
        MutationResults.Subject(
            kind: .rule, name: "a", path: "policies/a.yaml", mutants: 12,
            survivors: [MutationChange(at: Span(line: 6, column: 9), "`gt` became `\u{1B}[2J`", hint: "a test")]),
        MutationResults.Subject(
            kind: .fragment, name: "f", path: "policies/fragments/f.yaml", mutants: 3, survivors: []),
    ])

    @Test func text() {
        #expect(
            Self.results.text(.plain) == """
                SURVIVED a (policies/a.yaml:6:9): `gt` became `\u{FFFD}[2J`
                  = help: a test

                    killed  of mutants
                        11  12  a
                         3   3  fragment f

                15 mutants: 14 killed (93.3 %), 1 survived
                """)
    }

    @Test func json() {
        #expect(
            Self.results.json == [
                "mutants": 15, "killed": 14,
                "subjects": [
                    [
                        "kind": "rule", "name": "a", "path": "policies/a.yaml", "mutants": 12, "killed": 11,
                        "survivors": [
                            ["line": 6, "column": 9, "change": "`gt` became `\u{1B}[2J`", "hint": "a test"]
                        ],
                    ],
                    [
                        "kind": "fragment", "name": "f", "path": "policies/fragments/f.yaml", "mutants": 3, "killed": 3,
                        "survivors": [],
                    ],
                ],
            ])
    }

    /// Rounded down: what is not all is not 100, and a minimum is not reached by rounding.
    @Test func shares() {
        #expect(Self.results.reaches(percent: 93))
        #expect(!Self.results.reaches(percent: 94))
        let nearly = MutationResults(subjects: [
            MutationResults.Subject(
                kind: .rule, name: "a", path: "", mutants: 10_000,
                survivors: [MutationChange(at: Span(line: 1, column: 1), "", hint: "")])
        ])
        #expect(nearly.share == "99.9")
        #expect(!nearly.reaches(percent: 100))
        #expect(MutationResults(subjects: []).share == "100.0")
    }
}
