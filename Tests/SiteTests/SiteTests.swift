import Documents
import Reports
import Rules
import TestSupport
import Testing

@testable import Posture
@testable import Site

@Suite("The site")
struct SiteTests {
    private static let folder = "tenants/prod"

    @Test(
        "What pages look like",
        arguments: [
            "index.html", "\(folder)/index.html", "\(folder)/details.js", "\(folder)/history.html",
            "\(folder)/rules/bucket-versioning.html", "\(folder)/compliance/acme.html",
        ])
    func golden(_ path: String) throws {
        let text = Sample.text(path, in: Site.files(of: Sample.content()))
        let name = path.split(separator: "/").suffix(2).joined(separator: "-")
        try Golden.expect(text, equals: name == "prod-index.html" ? "findings.html" : name)
    }

    @Test("The files are those that pages name, and no others")
    func paths() {
        let files = Site.files(of: Sample.content())
        #expect(
            files.map(\.path) == [
                ".nojekyll", "assets/findings.js", "assets/icon.svg", "assets/site.css", "assets/site.js",
                "assets/theme.js", "index.html", "tenants/prod/compliance/acme.html", "tenants/prod/details.js",
                "tenants/prod/history.html", "tenants/prod/index.html", "tenants/prod/rules/bucket-versioning.html",
                "tenants/prod/rules/encryption.html",
            ])
    }

    @Test("Equal contents have equal bytes, and the order of tenants does not matter")
    func deterministic() {
        var content = Sample.content()
        content.tenants.append(
            SiteTenant(name: "dev", state: .judged(Sample.posture(tenant: "dev"), Sample.history(1))))
        let files = Site.files(of: content)
        #expect(files == Site.files(of: content))
        content.tenants.reverse()
        let turned = Site.files(of: content)
        #expect(files == turned)
    }

    @Test("Names of tenants are no paths")
    func hostileTenants() {
        let names = ["../../etc", "Prod", "prod", ".hidden", "a/b", String(repeating: "x", count: 4_096), "%2e", ""]
        let content = SiteContent(
            tenants: names.map { SiteTenant(name: $0, state: .judged(Sample.posture(tenant: $0), Sample.history(1))) },
            version: "1")
        let files = Site.files(of: content)
        #expect(Set(files.map { $0.path.lowercased() }).count == files.count)
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=@.-~%")
        for file in files where file.path.hasPrefix("tenants/") {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            #expect(parts.count == (file.path.contains("/rules/") || file.path.contains("/compliance/") ? 4 : 3))
            #expect(parts.allSatisfy { !$0.hasPrefix(".") && $0.utf8.count < 256 && plain.isSuperset(of: $0) })
        }
        #expect(Sample.text("index.html", in: files).contains("href=\"tenants/%252E./%252E./etc") == false)
        #expect(Sample.text("index.html", in: files).contains("href=\"tenants/%252E.%252F..%252Fetc/index.html\""))
    }

    @Test("A tenant that cannot be read is named, with the reason")
    func unjudged() {
        let page = Sample.text("index.html", in: Site.files(of: Sample.content()))
        #expect(page.contains("gone-beta") && page.contains("no snapshot of beta"))
        let alone = SiteContent(tenants: [SiteTenant(name: "x", state: .unjudged(reason: "why"))], version: "1")
        #expect(Sample.text("index.html", in: Site.files(of: alone)).contains("why"))
    }

    @Test("What is not covered is never called passed")
    func notCovered() throws {
        let page = Sample.text("\(Self.folder)/compliance/acme.html", in: Site.files(of: Sample.content()))
        let row = try #require(page.split(separator: "\n").first { $0.contains("Visitors") })
        #expect(row.contains("not covered") && row.contains("no rule speaks for it") && !row.contains("passed"))
        #expect(page.contains("0 passed, 1 failed, 1 unknown, 0 waived, 0 not applicable, 1 not covered"))
        #expect(page.contains("<dt>of 2 controls passed</dt><dd>0%</dd>"))
    }

    @Test("The overall score is weighted over all tenants, and worse tenants come first")
    func overview() throws {
        var good = Sample.posture(tenant: "a-good", findings: [])
        good.score = Score()
        for _ in 0..<4 { good.score.add(.pass, .high) }
        let content = SiteContent(
            tenants: [
                SiteTenant(name: "a-good", state: .judged(good, Sample.history(1))),
                SiteTenant(name: "prod", state: .judged(Sample.posture(), Sample.history())),
            ], version: "1")
        let page = Sample.text("index.html", in: Site.files(of: content))
        #expect(page.contains("<dt>overall score</dt><dd>75</dd>"))
        let first = try #require(page.ranges(of: ">prod</a>").first)
        let second = try #require(page.ranges(of: ">a-good</a>").first)
        #expect(first.lowerBound < second.lowerBound)
        #expect(page.contains("▲ +10") && page.contains("first scan"))
    }

    @Test("Without open findings the page says so, and does not hide what is unknown")
    func empty() {
        let content = SiteContent(
            tenants: [SiteTenant(name: "prod", state: .judged(Sample.posture(findings: []), Sample.history(0)))],
            version: "1")
        let files = Site.files(of: content)
        let page = Sample.text("\(Self.folder)/index.html", in: files)
        #expect(page.contains("No open findings. What is unknown was not judged, see below."))
        #expect(Sample.text("\(Self.folder)/history.html", in: files).contains("tells of no scan"))
    }

    @Test(
        "Findings are filtered by service",
        arguments: [
            ("AWS::S3::Bucket", "S3"), ("AWS::::Account", "Account"), ("Parapet::Waiver", "Parapet"), ("x", "x"),
            ("", ""),
            ("AWS::<b>::x", "<b>"),
        ])
    func services(_ type: String, _ service: String) {
        var finding = Sample.finding(1)
        finding.resource.type = type
        #expect(FindingRow.service(ReportEntry(finding)) == service)
    }

    @Test("A long step of the roadmap names what stands on the rules' pages")
    func longSteps() {
        let findings = (1...25).map { Sample.finding($0) }
        let content = SiteContent(
            tenants: [SiteTenant(name: "prod", state: .judged(Sample.posture(findings: findings), Sample.history(1)))],
            version: "1")
        let page = Sample.text("\(Self.folder)/compliance/acme.html", in: Site.files(of: content))
        #expect(
            page.contains("25 fixes") && page.contains("and 15 more of <a href=\"../rules/bucket-versioning.html\">"))
    }
}
