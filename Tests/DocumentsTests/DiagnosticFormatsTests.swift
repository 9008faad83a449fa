import Documents
import TestSupport
import Testing

/// What programs read of diagnostics.
@Suite struct DiagnosticFormatsTests {
    /// Escapes, bidirectional marks, and what GitHub's runner and JSON give a meaning.
    static let hostile =
        "\u{1B}[2J\u{202E}\u{2066}\u{7}\u{9B}31m\u{0}\r\n::set-output name=x::%0A, \"\\ \u{200F}\u{2028}é😀"

    static let reports: [String: DiagnosticReport] = [
        "nothing": DiagnosticReport([], most: 10),
        "several": DiagnosticReport(
            [
                Diagnostic(
                    code: "tenant/unknown-key", message: "a tenant has no key `rol`", path: "tenants/b.yaml",
                    span: Span(line: 3, column: 5, length: 3), excerpt: "    rol: x", help: "did you mean `role`?"),
                Diagnostic(
                    code: "rule/unknown-path", severity: .warning, message: "there is no `Nam`",
                    path: "policies/a.yaml", span: Span(line: 12, column: 1)),
                Diagnostic(
                    code: "tenant/unknown-key", message: "a tenant has no key `x`", path: "tenants/b.yaml",
                    span: Span(line: 1, column: 1)),
                Diagnostic(
                    code: "settings/missing", message: "there is no such file", path: "parapet.yaml", help: "make one"),
            ], most: 10),
        "hostile": DiagnosticReport(
            [
                Diagnostic(
                    code: "rule/type", message: hostile, path: "policies/\(hostile).yaml",
                    span: Span(line: 1, column: 1), help: hostile),
                Diagnostic(code: "rule/type", message: "m", path: "a:b, c%/d e#?.yaml"),
            ], most: 10),
        "places": DiagnosticReport(
            [
                Diagnostic(code: "a/b", message: "no place", path: "f", span: Span(line: 0, column: 0, length: 0)),
                Diagnostic(code: "a/b", message: "before", path: "f", span: Span(line: -1, column: -1, length: -5)),
                Diagnostic(code: "a/b", message: "far", path: "f", span: Span(line: 1_000_000, column: 70_000)),
            ], most: 10),
        "capped": DiagnosticReport(
            (1...5).reversed().map { line in
                Diagnostic(
                    code: "a/\(line)", severity: line < 4 ? .error : .warning, message: "fault \(line)", path: "f.yaml",
                    span: Span(line: line, column: 1))
            }, most: 2),
    ]

    static func text(_ name: String, _ format: String) throws -> String {
        let report = try #require(reports[name])
        return switch format {
        case "json": report.json.text(.indented)
        case "github": report.github
        default: report.sarif(tool: "parapet", version: "1.2.3").text(.indented)
        }
    }

    @Test(arguments: reports.keys.sorted(), ["json", "github", "sarif"])
    func golden(name: String, format: String) throws {
        try Golden.expect(Self.text(name, format), equals: "diagnostics-\(name).\(format)")
    }

    /// Nothing that moves a terminal's cursor or turns the reading direction, in any format.
    @Test(arguments: reports.keys.sorted(), ["json", "github", "sarif"])
    func isInert(name: String, format: String) throws {
        for line in try Self.text(name, format).split(separator: "\n") { #expect(String(line) == line.inert) }
    }

    /// One line, one command: nothing that a file holds begins another.
    @Test func everyLineForGitHubIsOneDiagnostic() throws {
        for (name, report) in Self.reports {
            let lines = report.github.split(separator: "\n")
            #expect(lines.count == report.shown.count + (report.omitted > 0 ? 1 : 0), "\(name)")
            for line in lines {
                #expect(["::error ", "::warning ", "::notice::"].contains { line.hasPrefix($0) })
            }
        }
    }

    @Test func whatIsLeftOutIsCounted() throws {
        let report = try #require(Self.reports["capped"])
        #expect(report.shown.map(\.code) == ["a/1", "a/2"])
        #expect((report.omitted, report.errors, report.warnings) == (3, 3, 2))
        #expect(report.remainder == "... and 3 more")
        #expect(Self.reports["several"]?.remainder == nil)
    }

    /// Places that the format has no numbers for are moved to ones that it has.
    @Test func regionsAreInRange() throws {
        let log = try #require(Self.reports["places"]).sarif(tool: "t", version: "1")
        let results = try #require(log["runs"]?[0]?["results"]?.array)
        for result in results {
            let region = try #require(result["locations"]?[0]?["physicalLocation"]?["region"])
            let numbers = ["startLine", "startColumn", "endLine", "endColumn"].compactMap { region[$0]?.integer }
            #expect(numbers.count == 4 && numbers.allSatisfy { $0 >= 1 } && numbers[3] >= numbers[1])
        }
    }

    /// Every result names its rule by id and by index.
    @Test(arguments: reports.keys.sorted())
    func rulesOfResults(name: String) throws {
        let report = try #require(Self.reports[name])
        let run = try #require(report.sarif(tool: "t", version: "1")["runs"]?[0])
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
        for result in try #require(run["results"]?.array) {
            let index = try #require(result["ruleIndex"]?.integer)
            #expect(rules[Int(index)]["id"]?.string == result["ruleId"]?.string)
        }
        #expect(Set(rules.compactMap { $0["id"]?.string }).count == rules.count)
    }
}
