import Documents
import Posture
import Resources
import Rules
import TestSupport
import Testing

@testable import Reports

/// Whole pages about resources whose names somebody chose to break them.
@Suite struct HostileNamesTests {
    private static func posture() throws -> Posture {
        let buckets = Hostile.names.map { name in
            var bucket = Account.bucket(name, versioning: name.count % 2 == 0 ? "Suspended" : name)
            bucket.arn = "arn:aws:s3:::" + name
            bucket.tags = ["owner": name]
            return bucket
        }
        var denied = Account.bucket("denied", versioning: nil)
        denied.uncollected = ["Versioning": Hostile.names.joined(separator: " ")]
        var rules = try Account.rules()
        rules.append(
            try Account.rule(
                """
                rule: tagged
                title: "Tags: [x](y) | <b> @alice #1 www.evil.example user@evil.example"
                severity: low
                resource: AWS::S3::Bucket
                fail_when: {Name: {exists: true}}
                message: "{Name}"
                remediation: {text: "{Name}", cli: "echo {Name}"}
                """))
        return try Account.judge(
            Account.snapshot(buckets + [denied]), rules: rules, ownerTags: OwnerTags(["owner"])
        ).posture
    }

    @Test func findingsPage() throws {
        let posture = try Self.posture()
        #expect(posture.findings.count > Hostile.names.count)
        guard let page = try RenderedMarkdown(FindingsMarkdown.render(posture)) else { return }
        page.expectInert(areConsoleLinksAllowed: true, "findings.md")
        #expect(page.cellsByTable.map { $0.first } == [2, 6, 6, 3])
        #expect(
            page.cellsByTable.dropFirst().map { $0.count } == [Hostile.names.count + 1, Hostile.names.count + 2, 2])
    }

    /// What people write in waivers and overlays is no markup either.
    @Test(arguments: Hostile.names) func pageOfWaivers(text: String) throws {
        var waiver = Exception.waiver(match: Waiver.Match(id: "beta"))
        waiver.reason = text
        waiver.ticket = text
        let exceptions = Exception.exceptions(
            [waiver, Exception.waiver("v", rule: text)],
            malformed: [MalformedWaiver(path: text, fault: text, tenants: ["prod"])],
            disabled: [DisabledRule(rule: text, reason: text, expires: Exception.days(1), path: text)])
        var beta = Account.bucket("beta", versioning: "Suspended")
        beta.tags = ["owner": text]
        let posture = try Account.judge(
            Account.snapshot([beta]), rules: Array(Account.rules().prefix(1)), exceptions: exceptions,
            ownerTags: OwnerTags(["owner"])
        ).posture
        guard let page = try RenderedMarkdown(FindingsMarkdown.render(posture)) else { return }
        page.expectInert(areConsoleLinksAllowed: true, "findings.md with `\(text.prefix(40))`")
        #expect(page.cellsByTable.map { $0.first } == [2, 5, 5, text.allSatisfy(\.isWhitespace) ? 8 : 9, 3])
    }

    /// One finding each, so that the remediation stands on a line of its own.
    @Test(arguments: Hostile.names) func pageOfOneFinding(name: String) throws {
        let rule = try Account.rule(
            """
            rule: named
            title: Named
            severity: low
            resource: AWS::S3::Bucket
            fail_when: {Name: {exists: true}}
            message: "{Name}"
            remediation: {text: "{Name}", cli: "{Name}"}
            """)
        let posture = try Account.judge(Account.snapshot([Account.bucket(name)]), rules: [rule]).posture
        guard let page = try RenderedMarkdown(FindingsMarkdown.render(posture)) else { return }
        page.expectInert(areConsoleLinksAllowed: true, "findings.md of `\(name.prefix(40))`")
        #expect(page.cellsByTable.map { $0.count } == [8, 2])
    }

    @Test func compliancePage() throws {
        let controls = Hostile.names.map {
            Framework.Control(id: $0, title: $0, section: $0, rules: [$0, "bucket-versioning"])
        }
        let framework = Framework(id: "f", title: Hostile.names.joined(), version: "", controls: controls, path: "")
        let posture = Posture.evaluate(
            tenant: "prod", rules: try Account.rules(), frameworks: [framework],
            in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.mixed())
        ).posture
        let compliance = try #require(posture.compliance.first)
        guard let page = try RenderedMarkdown(ComplianceMarkdown.render(compliance, tenant: "x @bob <b>")) else {
            return
        }
        page.expectInert("compliance.md")
        #expect(page.cellsByTable.map { $0.count } == [2, Hostile.names.count + 1])
        #expect(page.cellsByTable.map { $0.first } == [6, 4])
    }

    @Test func tenantPage() throws {
        let frameworks = Hostile.names.map {
            Framework(id: $0, title: $0, version: "", controls: Account.frameworks[0].controls, path: "")
        }
        var posture = Posture.evaluate(
            tenant: "prod", rules: try Account.rules(), frameworks: frameworks,
            in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.mixed())
        ).posture
        posture.account = Hostile.names.joined()
        posture.tenant = Hostile.names.joined()
        guard let page = try RenderedMarkdown(TenantMarkdown.render(posture)) else { return }
        page.expectInert(
            links: ["findings.md"] + Hostile.names.filter(RuleParser.isName).map { "compliance/\($0).md" },
            pictures: [
                "<img src=\"open.svg\" alt=\"Open findings over time\" />",
                "<img src=\"score.svg\" alt=\"Score over time\" />",
            ], "README.md")
        #expect(page.cellsByTable.map { $0.count } == [2, Hostile.names.count + 1])
        #expect(page.cellsByTable.map { $0.first } == [7, 8])
    }

    @Test func overviewPage() throws {
        let names = Hostile.names + ["](javascript:alert(1))", "x](//evil.example", "../../evil", "prod"]
        let summaries: [JSON] = names.map {
            ["tenant": .string($0), "score": .string($0), "open": ["high": 1], "unknown": 0]
        }
        guard let page = try RenderedMarkdown(OverviewMarkdown.render(summaries + [[], "text", .null])) else { return }
        page.expectInert(links: ["prod/README.md", "gh-9/README.md"], "README.md")
        #expect(page.cellsByTable.map { $0.count } == [names.count + 4])
        #expect(page.cellsByTable.map { $0.first } == [9])
    }
}
