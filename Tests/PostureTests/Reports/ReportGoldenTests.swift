import Documents
import Posture
import Rules
import TestSupport
import Testing

@testable import Reports

/// Every report of one made-up account, compared with what it was.
@Suite struct ReportGoldenTests {
    @Test(arguments: [
        "summary.json", "findings.json", "findings.md", "compliance.json", "compliance.md", "verdicts.ndjson",
        "overview.md", "tenant.md",
        "empty-findings.md", "empty-compliance.md", "waived-summary.json", "waived-findings.json", "waived-findings.md",
        "waived-compliance.json", "waived-compliance.md", "compliance.csv", "waived-compliance.csv",
        "acme-findings.md", "acme-findings.json",
    ])
    func reportsAreAsTheyWere(name: String) throws {
        try Golden.expect(try Self.report(name), equals: name)
    }

    private static func report(_ name: String) throws -> String {
        let (posture, verdicts) = try Account.judge(
            name.hasPrefix("empty") ? Account.snapshot([]) : Account.mixed(),
            exceptions: name.hasPrefix("waived") ? Exception.mixed() : Exceptions())
        let compliance = try #require(posture.compliance.first)
        switch name {
        case "summary.json", "waived-summary.json": return SummaryJSON.render(posture, trend: []).text(.indented)
        case "findings.json", "waived-findings.json": return FindingsJSON.text(posture)
        case "findings.md", "empty-findings.md", "waived-findings.md": return FindingsMarkdown.render(posture)
        case "compliance.json", "waived-compliance.json":
            return ComplianceJSON.render(compliance, tenant: posture.tenant).text(.indented)
        case "compliance.md", "waived-compliance.md":
            return ComplianceMarkdown.render(compliance, tenant: posture.tenant)
        case "compliance.csv", "waived-compliance.csv": return ComplianceCSV.render(compliance)
        case "acme-findings.md": return FindingsMarkdown.render(try #require(posture.restricted(to: "acme")))
        case "acme-findings.json":
            return FindingsJSON.text(try #require(posture.restricted(to: "acme")))
        case "empty-compliance.md":
            let nothing = Posture.evaluate(
                tenant: "prod", rules: [], frameworks: Account.frameworks,
                in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.snapshot([])))
            return ComplianceMarkdown.render(try #require(nothing.posture.compliance.first), tenant: "prod")
        case "tenant.md": return TenantMarkdown.render(posture)
        case "verdicts.ndjson": return String(decoding: VerdictsNDJSON.render(verdicts), as: UTF8.self)
        default:
            let other = Posture.evaluate(
                tenant: "dev", rules: try Account.rules(), frameworks: [],
                in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.snapshot([]))
            ).posture
            let trend = [40, 55, posture.score.value].enumerated().map { day, score in
                TrendPoint(moment: Timestamp(seconds: Int64(day)), score: score, open: [:])
            }
            return OverviewMarkdown.render([
                SummaryJSON.render(posture, trend: trend), SummaryJSON.render(other, trend: []), ["tenant": "new"],
            ])
        }
    }

    @Test func jsonIsCanonical() throws {
        for name in ["summary.json", "findings.json", "compliance.json", "waived-findings.json"] {
            let text = try Self.report(name)
            #expect(try JSON.parse(Array(text.utf8)).text(.indented) == text, "\(name)")
        }
        for line in try Self.report("verdicts.ndjson").split(separator: "\n") {
            #expect(try JSON.parse(Array(line.utf8)).text() == line)
        }
    }

    @Test func nothingChangesWithTimeAlone() throws {
        let later = Timestamp(seconds: Account.noon.seconds + 40 * 86_400)
        let before = try Account.judge(Account.mixed())
        let after = try Account.judge(Account.mixed(at: later))
        #expect(VerdictsNDJSON.render(before.verdicts) == VerdictsNDJSON.render(after.verdicts))
        #expect(SummaryJSON.render(before.posture, trend: []) == SummaryJSON.render(after.posture, trend: []))
        #expect(
            before.posture.compliance.map { ComplianceMarkdown.render($0, tenant: "prod") }
                == after.posture.compliance.map { ComplianceMarkdown.render($0, tenant: "prod") })
        #expect(FindingsJSON.text(before.posture) != FindingsJSON.text(after.posture))

        let earlier = try #require(EarlierFindings(FindingsJSON.bytes(before.posture)))
        let carried = after.posture.carryingOver(earlier.findings)
        #expect(FindingsJSON.bytes(before.posture) == FindingsJSON.bytes(carried))
        #expect(FindingsMarkdown.render(before.posture) == FindingsMarkdown.render(carried))
    }

    @Test func exceptionsChangeWithTheirDaysAlone() throws {
        let later = Timestamp(seconds: Account.noon.seconds + 5 * 86_400)
        let before = try Account.judge(Account.mixed(), exceptions: Exception.mixed()).posture
        let after = try Account.judge(Account.mixed(at: later), exceptions: Exception.mixed()).posture
        let earlier = try #require(EarlierFindings(FindingsJSON.bytes(before)))
        let carried = after.carryingOver(earlier.findings)
        #expect(FindingsJSON.bytes(before) == FindingsJSON.bytes(carried))
        #expect(FindingsMarkdown.render(before) == FindingsMarkdown.render(carried))
    }
}
