import Documents
import Foundation
import Posture
import Resources
import Rules
import TestSupport
import Testing

@testable import Reports

/// What holds for every format.
@Suite struct ReportFormatTests {
    static let names = ReportFormat.all.map(\.name)

    private func format(_ name: String) throws -> ReportFormat { try #require(ReportFormat.named(name)) }

    @Test func namesAreDistinct() {
        #expect(Set(Self.names).count == ReportFormat.all.count)
        #expect(Set(ReportFormat.all.map(\.fileExtension)).count == ReportFormat.all.count)
        #expect(ReportFormat.named("pdf") == nil)
    }

    @Test(arguments: names) func reportsAreAsTheyWere(name: String) throws {
        let format = try format(name)
        let text = format.render(try ReportSample.posture(), version: "1.2.3")
        try Golden.expect(text, equals: "report.\(format.fileExtension)")
        #expect(format.render(try ReportSample.posture(), version: "1.2.3") == text)
    }

    /// Everything that is not passed is there, by its id or by its cause.
    @Test(arguments: names) func nothingIsDropped(name: String) throws {
        let posture = try ReportSample.posture()
        let text = try format(name).render(posture, version: "1")
        #expect(!posture.unknownChecks.isEmpty && !posture.waived.isEmpty)
        if name == "markdown" {
            for group in posture.unknowns { #expect(text.contains(Markdown.code(group.cause))) }
            return
        }
        for finding in posture.findings + posture.waived { #expect(text.contains(finding.id), "\(finding.rule)") }
        for check in posture.unknownChecks { #expect(text.contains(check.id), "\(check.rule)") }
    }

    /// Whose it is, and where the console shows it.
    @Test(arguments: names) func ownersAndLinksAreShown(name: String) throws {
        var bucket = Account.bucket("alpha", versioning: "Suspended")
        var denied = Account.bucket("omega", versioning: nil, denied: ["Versioning"])
        bucket.tags = ["team": "payments"]
        denied.tags = ["team": "ledger"]
        let posture = try Account.judge(Account.snapshot([bucket, denied]), ownerTags: OwnerTags(["team"])).posture
        let text = try format(name).render(posture, version: "1")
        // Groups of unknown checks name neither.
        let isWhole = name != "markdown"
        #expect(text.contains("payments") && text.contains("ledger") == isWhole)
        let host = "https://eu-west-1.console.aws.amazon.com/s3/buckets/"
        #expect(text.contains("\(host)alpha?region=eu-west-1") && text.contains("\(host)omega?") == isWhole)
    }

    /// What a format says of frameworks is of the one alone that the posture is restricted to.
    @Test(arguments: names) func restrictedReports(name: String) throws {
        let posture = Posture.evaluate(
            tenant: "prod", rules: try Account.rules(),
            frameworks: ["acme", "other"].map { id in
                var framework = Account.frameworks[0]
                framework.id = id
                framework.controls = [
                    Framework.Control(
                        id: "C-1", title: "C", section: nil,
                        rules: [id == "acme" ? "bucket-versioning" : "user-path", "bucket-encryption"])
                ]
                return framework
            }, in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.mixed())
        ).posture
        let text = try format(name).render(try #require(posture.restricted(to: "acme")), version: "1")
        #expect(text.contains("bucket-versioning") && text.contains("bucket-encryption"))
        #expect(!text.contains("user-path") && !text.contains("other/C-1") && !text.contains("other/"))
        #expect(try format(name).render(posture, version: "1").contains("user-path"))
    }

    @Test(arguments: names) func severalTenants(name: String) throws {
        let format = try format(name)
        let postures = [try ReportSample.posture(tenant: "dev"), try ReportSample.posture(tenant: "prod")]
        guard let text = format.render(all: postures, version: "1") else {
            #expect(["markdown", "html", "oscal"].contains(name) && !format.holdsSeveral)
            return
        }
        #expect(format.holdsSeveral)
        for posture in postures {
            #expect(text.contains(posture.tenant))
            for finding in posture.findings { #expect(text.contains(finding.id)) }
        }
        let none = try #require(format.render(all: [], version: "1"))
        #expect(name == "ndjson" ? none.isEmpty : !none.isEmpty)
    }

    /// A posture without anything is a whole report as well.
    @Test(arguments: names) func emptyReports(name: String) throws {
        let posture = Posture.evaluate(
            tenant: "prod", rules: [], frameworks: [],
            in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.snapshot([]))
        ).posture
        let text = try format(name).render(posture, version: "1")
        switch name {
        case "ndjson": #expect(text.isEmpty)
        case "csv": #expect(text == CSV.row(FindingsCSV.columns))
        case "junit": #expect(try XMLElement.parse(Array(text.utf8)).children.isEmpty)
        case "html", "markdown": #expect(text.contains("No open findings."))
        case "asff", "ocsf": #expect(text == "[]\n")
        default: #expect(try JSON.parse(Array(text.utf8)).object?.isEmpty == false)
        }
    }

    /// No control character, no mark that turns the reading direction, and whole documents, in any format, wherever the
    /// text stands.
    @Test(arguments: ReportSample.names) func everyFormatIsInert(text: String) throws {
        let posture = try ReportSample.posture(withText: text)
        #expect(posture.findings.count + posture.waived.count >= 3 && posture.unknownChecks.count == 1)
        for format in ReportFormat.all {
            let report = format.render(posture, version: "1")
            let plain = format.name == "csv" ? report.replacing("\r\n", with: "\n") : report
            let live = plain.unicodeScalars.first { !$0.isInert && $0 != "\n" }
            #expect(live == nil, "\(format.name) of \(text.prefix(40)): \(live?.value ?? 0)")
            switch format.name {
            case "csv", "markdown": break
            case "ndjson":
                for line in report.utf8.split(separator: UInt8(ascii: "\n")) { _ = try JSON.parse(Array(line)) }
            case "html", "junit":
                _ = try XMLElement.parse(Array(report.replacing("<!DOCTYPE html>\n", with: "").utf8))
            default: _ = try JSON.parse(Array(report.utf8))
            }
        }
    }

    /// `UPDATE_GOLDEN=1` writes the table into the document.
    @Test func theDocumentIsUpToDate() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reports.md")
        let document = try String(contentsOf: path, encoding: .utf8)
        let start = try #require(document.range(of: "<!-- formats: generated -->\n"))
        let end = try #require(document.range(of: "<!-- end of formats -->"))
        let text = "\n" + ReportFormat.table + "\n"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            let updated = document.replacingCharacters(in: start.upperBound..<end.lowerBound, with: text)
            try updated.write(to: path, atomically: true, encoding: .utf8)
        } else {
            #expect(document[start.upperBound..<end.lowerBound] == text)
        }
    }
}
