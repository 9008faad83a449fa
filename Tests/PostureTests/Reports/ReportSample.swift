import Documents
import Resources
import Rules
import TestSupport

@testable import Posture

/// Postures whose every text somebody chose to break a report.
enum ReportSample {
    /// For golden files: one of each kind of trick.
    static let tricks = [
        "<script>alert(1)</script>]]>&#0;\u{FFFF}", "=HYPERLINK(\"https://evil.example\")",
        "\u{202E}evil\u{1B}[31m\u{9B}0m\r\nb,\"c\" [x](https://evil.example) {0} www.evil.example @alice",
    ]

    /// More of what spreadsheets, XML and JSON could stumble over.
    static let more = [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{A0}=1", "\u{200B}=1", "\n=1", "\u{FF1D}1", "'=1",
        "\u{FFFE}x\u{FFFF}", "\u{1FFFF}", "\u{0}", "\u{8}", "\u{2029}", "]]>", "<![CDATA[", "&bogus;", "%00", "\"",
        "\\u0000",
        "'", "a;=1", "a\u{301}", "\u{E000}", "\u{61C}x", "{{ insert: param, x }}", "{0}", "\\[x](1)", "\u{FEFF}x",
    ]

    static let names = Hostile.names + more

    private static func hostileRule() throws -> Rule {
        var rule = try Account.rule(
            """
            rule: named
            title: Named
            severity: high
            category: naming
            resource: AWS::S3::Bucket
            fail_when: {Name: {exists: true}}
            message: "bucket {Name}"
            remediation: {text: "{Name} goes away.", cli: "echo {Name}", terraform: "x.{Name}"}
            references: [https://docs.example/named, http://plain.example]
            """)
        rule.title = "Named <b>"
        return rule
    }

    static func rules() throws -> [Rule] { try Account.rules() + [hostileRule()] }

    /// Of everything one: open, waived, unknown, disabled, Parapet's own, in frameworks and not; with hostile names.
    static func posture(tenant: String = "prod") throws -> Posture {
        var snapshot = Account.mixed()
        for trick in tricks {
            var bucket = Account.bucket(trick, versioning: trick)
            bucket.arn = "arn:aws:s3:::" + trick
            bucket.tags = ["team": trick]
            snapshot = Account.snapshot(snapshot.resources.values.flatMap { $0 } + [bucket], gaps: snapshot.gaps)
        }
        var exceptions = Exception.mixed()
        exceptions.waivers[0].reason = tricks[2] + tricks[0]
        exceptions.disabled[0].reason = tricks[1] + tricks[0]
        return try judge(snapshot, exceptions, tenant: tenant)
    }

    /// One failure and one unknown, with a text wherever one can stand.
    static func posture(withText text: String) throws -> Posture {
        var bucket = Account.bucket(text, versioning: text)
        bucket.arn = "arn:aws:s3:::" + text
        bucket.tags = ["owner": text]
        var denied = Account.bucket("denied-" + text, versioning: nil)
        denied.uncollected = ["Versioning": text]
        denied.tags = ["owner": text]
        var waiver = Exception.waiver(text, match: Waiver.Match(id: text))
        waiver.reason = text
        waiver.ticket = text
        waiver.approvedBy = text
        var posture = try judge(
            Account.snapshot([bucket, denied]),
            Exception.exceptions(
                [waiver],
                malformed: [MalformedWaiver(path: text, fault: text, tenants: ["prod"])],
                disabled: [DisabledRule(rule: text, reason: text, expires: Exception.days(1), path: text)]))
        for list in [\Posture.findings, \Posture.waived] {
            for index in posture[keyPath: list].indices {
                posture[keyPath: list][index].title = text
                posture[keyPath: list][index].category = text
                posture[keyPath: list][index].references = [text, "https://docs.example/" + text]
                posture[keyPath: list][index].controls = [text]
            }
        }
        for index in posture.compliance.indices {
            posture.compliance[index].framework.title = text
            posture.compliance[index].controls[0].control.id = text
            posture.compliance[index].controls[0].control.title = text
        }
        return posture
    }

    /// Made once: it takes longer than a report.
    private static let catalog = Result { try Account.catalog() }

    private static func judge(
        _ snapshot: Snapshot, _ exceptions: Exceptions, tenant: String = "prod"
    ) throws -> Posture {
        Posture.evaluate(
            tenant: tenant, rules: try rules(), frameworks: Account.frameworks,
            exceptions: exceptions, ownerTags: OwnerTags(["owner", "team"]),
            in: EvaluationContext(catalog: try catalog.get(), snapshot: snapshot)
        ).posture
    }
}
