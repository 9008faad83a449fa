import Documents
import Posture
import Rules
import Testing

@testable import Reports

/// Reports of what a scan has written are those of what it found.
@Suite struct RecordedReportTests {
    /// What a scan writes, read again.
    private func read(_ posture: Posture, rules: [Rule], frameworks: [Framework]) throws -> Posture {
        let files = Dictionary(
            uniqueKeysWithValues: TenantReports(posture, after: nil).files.map { ($0.path, $0.bytes) })
        let findings = try #require(files["findings.json"])
        let summary = try #require(files["summary.json"])
        let (document, numbers) = (try HeldJSON(findings), try JSON.parse(summary))
        let record = try #require(
            Posture.Record(
                findings: document, summary: numbers, partition: posture.partition, moment: posture.collectedAt))
        return Posture(record, rules: rules, frameworks: frameworks)
    }

    @Test(arguments: ReportFormat.all.map(\.name)) func recordsAreWhole(name: String) throws {
        let posture = try ReportSample.posture()
        #expect(!posture.waived.isEmpty && !posture.disabled.isEmpty && !posture.unknownChecks.isEmpty)
        let again = try read(posture, rules: ReportSample.rules(), frameworks: Account.frameworks)
        #expect(written(name, again) == written(name, posture))
        let restricted = try #require(posture.restricted(to: "acme"))
        #expect(written(name, try #require(again.restricted(to: "acme"))) == written(name, restricted))
    }

    @Test(arguments: ReportSample.names) func anyTextIsReadAgain(text: String) throws {
        var posture = try ReportSample.posture(withText: text)
        // What frameworks and rules say comes from them.
        posture.compliance = []
        let again = try read(posture, rules: ReportSample.rules(), frameworks: [])
        #expect(written("json", again) == written("json", posture))
    }

    /// More findings than one thread takes at once stay in order.
    @Test func manyFindingsStayInOrder() throws {
        let buckets = (0..<5_000).map { Account.bucket("bucket-\($0)", versioning: "Suspended") }
        let posture = try Account.judge(Account.snapshot(buckets)).posture
        #expect(posture.findings.count == 5_000)
        let again = try read(posture, rules: Account.rules(), frameworks: Account.frameworks)
        #expect(again.findings.map(\.id) == posture.findings.map(\.id))
        let lines = written("ndjson", posture).split(separator: "\n")
        #expect(lines.count == 5_000)
        #expect(zip(lines, posture.findings).allSatisfy { $0.contains($1.id) })
    }

    @Test(arguments: ["{}", "[]", "{\"tenant\": \"a\"}", "{\"tenant\": \"a\", \"account\": \"1\", \"findings\": [{}]}"])
    func otherFilesAreNone(text: String) throws {
        let posture = try ReportSample.posture()
        let other = try JSON.parse(text)
        let summary = SummaryJSON.render(posture, trend: [])
        #expect(try record(HeldJSON(other.bytes()), summary) == nil)
        #expect(try record(HeldJSON(FindingsJSON.bytes(posture)), other) == nil)
        #expect(try record(HeldJSON(FindingsJSON.bytes(posture)), summary) != nil)
    }

    /// The tenant of what can be read.
    private func record(_ findings: HeldJSON, _ summary: JSON) -> String? {
        Posture.Record(findings: findings, summary: summary, partition: "aws", moment: Account.noon)?.tenant
    }

    /// A finding that cannot be read is not left out.
    @Test(arguments: ["severity", "rule", "resource", "evidence", "message", "first_seen", "controls"])
    func damagedFindingsAreNone(key: String) throws {
        let posture = try ReportSample.posture()
        let summary = SummaryJSON.render(posture, trend: [])
        var document = try #require(try JSON.parse(FindingsJSON.bytes(posture)).object)
        var findings = try #require(document["findings"]?.array)
        var finding = try #require(findings[0].object)
        finding[key] = 7
        findings[0] = .object(finding)
        document["findings"] = .array(findings)
        #expect(try record(HeldJSON(JSON.object(document).bytes()), summary) == nil)
    }
}
