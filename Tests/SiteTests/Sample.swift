import Documents
import Resources
import Rules

@testable import Posture
@testable import Site

/// A made-up tenant with something of everything, and any text wherever one can stand.
enum Sample {
    static let noon = Timestamp(seconds: 1_795_000_000)

    static func finding(
        _ id: Int, _ severity: Severity = .high, rule: String = "bucket-versioning", text: String = "beta",
        waiver: Finding.AppliedWaiver? = nil
    ) -> Finding {
        let digits = String(id, radix: 16)
        return Finding(
            id: String(repeating: "0", count: 32 - digits.count) + digits, rule: rule, title: "Title of \(text)",
            severity: severity, category: text,
            resource: ResourceReference(
                type: "AWS::S3::Bucket", id: text, arn: "arn:aws:s3:::\(text)", region: "eu-west-1"),
            tags: [text: text], owner: text,
            console: "https://eu-west-1.console.aws.amazon.com/rds/home?region=eu-west-1#database:id=x;is-cluster=$2",
            message: "bucket \(text) keeps no versions",
            evidence: [
                Evidence(type: "AWS::S3::Bucket", id: text, pointer: "/Versioning/Status", value: .string(text)),
                Evidence(type: "AWS::S3::Bucket", id: text, pointer: "", value: .null),
            ],
            remediation: Finding.Remediation(
                text: "\(text) needs versions.", cli: "aws s3api put-bucket-versioning --bucket '\(text)'",
                terraform: "resource \"x\" {\n  bucket = \"\(text)\"\n}"),
            references: ["https://docs.example/versioning", "http://plain.example", text],
            controls: ["acme/A-1", "acme/A-2"], firstSeen: noon, waiver: waiver)
    }

    static func posture(_ text: String = "beta", tenant: String = "prod", findings: [Finding]? = nil) -> Posture {
        let waiver = Finding.AppliedWaiver(
            name: text, reason: text, ticket: text, approvedBy: text, expires: Timestamp(seconds: 1_800_000_000))
        let open = findings ?? [finding(1, .critical, text: text), finding(2, .low, rule: "encryption", text: text)]
        let check = UnknownCheck(
            id: String(repeating: "f", count: 32), rule: "encryption",
            resource: ResourceReference(type: "AWS::S3::Bucket", id: text, arn: "", region: text), causes: [text])
        var failed = VerdictCounts()
        failed.fail = open.count
        failed.pass = 3
        var unknown = VerdictCounts()
        unknown.unknown = 1
        let counts = ["bucket-versioning": failed, "encryption": unknown]
        var score = Score()
        for kind in [VerdictKind.pass, .pass, .fail, .unknown] { score.add(kind, .high) }
        let framework = Framework(
            id: "acme", title: "Acme \(text)", version: "2026.1",
            controls: [
                Framework.Control(id: "A-1", title: text, section: text, rules: ["bucket-versioning"]),
                Framework.Control(id: "A-2", title: "Keys", section: text, rules: ["encryption", "not-run"]),
                Framework.Control(id: "A-3", title: "Visitors", section: nil, rules: []),
            ], path: "frameworks/acme.yaml")
        return Posture(
            tenant: tenant, account: "123456789012", partition: "aws", collectedAt: noon,
            regions: ["eu-west-1", "us-east-1"], findings: open,
            waived: findings == nil ? [finding(3, .medium, text: text, waiver: waiver)] : [],
            disabled: [DisabledRule(rule: text, reason: text, expires: waiver.expires, path: text)],
            unknowns: [
                UnknownGroup(cause: text, kind: .uncollected, rules: ["encryption"], resources: [check.resource])
            ],
            unknownChecks: [check],
            rules: ["bucket-versioning", "encryption"].map {
                JudgedRule(
                    id: $0, title: "Rule \(text)", severity: .low, category: text, references: [text],
                    controls: ["acme/\(text)"])
            }, counts: counts, severities: [:], score: score, compliance: [Compliance(framework, counts: counts)],
            resourceCount: 7)
    }

    static func history(_ scans: Int = 3) -> History {
        History(
            (0..<scans).map { index in
                RecordedPosture(
                    tenant: "prod", moment: Timestamp(seconds: noon.seconds - Int64(scans - 1 - index) * 20 * 86_400),
                    commit: String(repeating: String(index % 10), count: 40), score: 40 + 5 * index,
                    findings: (index..<4).map { line in
                        RecordedPosture.Line(
                            id: String(line), rule: "bucket-versioning", title: "", severity: .high,
                            resource: finding(line).resource, message: "", isWaived: false,
                            firstSeen: Timestamp(seconds: noon.seconds - 50 * 86_400), evidenceDigest: "",
                            evidenceCount: 1)
                    }, undecided: [], unknown: 1, rules: ["bucket-versioning"])
            })
    }

    static func content(_ text: String = "beta", tenant: String = "prod") -> SiteContent {
        SiteContent(
            tenants: [
                SiteTenant(name: tenant, state: .judged(posture(text, tenant: tenant), history())),
                SiteTenant(name: "gone-\(text)", state: .unjudged(reason: "no snapshot of \(text)")),
            ], version: "1.2.3")
    }

    /// The text of a file; empty where there is none.
    static func text(_ path: String, in files: [SiteFile]) -> String {
        String(decoding: files.first { $0.path == path }?.bytes ?? [], as: UTF8.self)
    }
}
