import Documents
import Posture
import Resources
import Rules
import TestSupport
import Testing

@testable import Reports

/// What commands print of a made-up account, compared with what they printed before.
@Suite struct TerminalGoldenTests {
    /// The account as it was on three days: two findings more on the second; one of them fixed on the third, one not
    /// readable any more.
    private static func days() throws -> [(posture: Posture, verdicts: [Verdict], moment: Timestamp)] {
        let resources: [[Resource]] = [
            [Account.bucket("alpha"), Account.user("bob")],
            [
                Account.bucket("alpha", versioning: "Suspended"), Account.bucket("beta", encrypted: false),
                Account.user("bob"),
            ],
            [
                Account.bucket("alpha"), Account.bucket("beta", encrypted: false, denied: ["Encryption"]),
                Account.user("bob"),
            ],
        ]
        var earlier: [EarlierFinding] = []
        return try resources.enumerated().map { day, resources in
            let moment = Timestamp(seconds: Account.noon.seconds + Int64(day) * 20 * 86_400)
            let (posture, verdicts) = try Account.judge(Account.snapshot(resources, at: moment))
            let dated = posture.carryingOver(earlier)
            earlier = EarlierFindings(FindingsJSON.bytes(dated))?.findings ?? []
            return (dated, verdicts, moment)
        }
    }

    private static func recorded() throws -> [RecordedPosture] {
        try days().enumerated().map { day, one in
            let findings = try HeldJSON(FindingsJSON.bytes(one.posture))
            let lines = try #require(RecordedPosture.lines(findings))
            return try #require(
                RecordedPosture(
                    lines, of: findings,
                    summary: SummaryJSON.render(one.posture, trend: []), moment: one.moment,
                    commit: String(repeating: String(day + 1), count: 40)))
        }
    }

    private static func blame() throws -> BlameReport {
        let days = try days()
        let versions = [
            Account.bucket("beta", encrypted: false, denied: ["Encryption"]), Account.bucket("beta", encrypted: false),
            Account.bucket("beta", versioning: nil),
        ].enumerated().map { day, resource in
            ResourceBlame.Version(
                moment: days[2 - day].moment, commit: String(repeating: String(3 - day), count: 40), resource: resource)
        }
        var posture = days[1].posture
        posture.collectedAt = days[2].moment
        return BlameReport(try #require(ResourceBlame(versions)), of: posture)
    }

    private static func backtest() throws -> BacktestReport {
        var backtest = Backtest()
        for (day, one) in try days().enumerated() {
            backtest.add(
                moment: one.moment, commit: String(repeating: String(day + 1), count: 40),
                verdicts: one.verdicts.filter { $0.rule == "bucket-encryption" })
        }
        return BacktestReport(backtest, rule: "bucket-encryption", tenant: "prod")
    }

    private static func roadmap() throws -> RoadmapReport {
        let posture = try days()[1].posture
        let compliance = try #require(posture.compliance.first)
        return RoadmapReport(Roadmap(compliance, open: posture.findings), of: compliance, tenant: "prod")
    }

    private static func text(_ name: String) throws -> String {
        let mixed = try Account.judge(Account.mixed(), exceptions: Exception.mixed())
        let compliance = try #require(mixed.posture.compliance.first)
        switch name {
        case "history.txt": return HistoryReport("prod", History(try recorded())).text(.plain)
        case "history.json": return HistoryReport("prod", History(try recorded())).json.text(.indented)
        case "difference.txt", "difference.json":
            let recorded = try recorded()
            let report = PostureDifferenceReport(PostureDifference(from: recorded[1], to: recorded[2]))
            guard name == "difference.json" else { return report.text(.plain) }
            return ReportOutput.text { PostureDifferenceReport.write([report], to: $0) }
        case "compliance.txt": return ComplianceText.render(compliance, tenant: "prod", .plain)
        case "evidence.json":
            return ControlEvidenceJSON.render(
                compliance, of: mixed.posture, verdicts: mixed.verdicts, revisions: ["user-path": "0123abc"]
            ).text(.indented)
        case "roadmap.txt": return try roadmap().text(.plain)
        case "roadmap.md": return try roadmap().markdown
        case "roadmap.json": return try roadmap().json.text(.indented)
        case "blame.txt": return try blame().text(.plain)
        case "blame.json": return try blame().json.text(.indented)
        case "backtest.txt": return try backtest().text(.plain)
        default: return try backtest().json.text(.indented)
        }
    }

    @Test(arguments: [
        "history.txt", "history.json", "difference.txt", "difference.json", "compliance.txt", "evidence.json",
        "roadmap.txt", "roadmap.md", "roadmap.json", "blame.txt", "blame.json", "backtest.txt", "backtest.json",
    ])
    func outputIsAsItWas(name: String) throws {
        try Golden.expect(try Self.text(name) + "\n", equals: name)
    }
}
