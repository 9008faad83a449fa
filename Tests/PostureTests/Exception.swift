import Documents
import Rules

@testable import Posture

/// Made-up findings, and exceptions to them.
enum Exception {
    static let day: Int64 = 86_400
    /// The first moment of a day.
    static let today = Account.noon.day

    static func days(_ count: Int64) -> Timestamp { Timestamp(seconds: today.seconds + count * day) }

    static func finding(
        _ rule: String = "bucket-versioning", _ id: String = "beta", severity: Severity = .high,
        tags: [String: String] = [:], value: JSON = "Suspended"
    ) -> Finding {
        Finding(
            id: Finding.id(tenant: "prod", rule: rule, uid: id), rule: rule, title: rule, severity: severity,
            category: nil,
            resource: ResourceReference(
                type: "AWS::S3::Bucket", id: id, arn: "arn:aws:s3:::\(id)", region: "eu-west-1"),
            tags: tags, message: "\(id) keeps no versions",
            evidence: [Evidence(type: "AWS::S3::Bucket", id: id, pointer: "/Versioning/Status", value: value)],
            remediation: Finding.Remediation(), references: [], controls: [], firstSeen: Account.noon)
    }

    static func waiver(
        _ name: String = "w", rule: String = "bucket-versioning", match: Waiver.Match = Waiver.Match(id: "beta"),
        expires: Timestamp = days(30), evidence: String? = nil, tenants: Set<String> = ["prod"]
    ) -> Waiver {
        Waiver(
            name: name, rule: rule, match: match, reason: "until the migration ends", ticket: "SEC-1",
            approvedBy: "@alice", expires: expires, evidence: evidence, path: "waivers/\(name).yaml", tenants: tenants)
    }

    static let rules: Set<String> = ["bucket-versioning", "bucket-encryption", "user-path"]

    static func exceptions(
        _ waivers: [Waiver] = [], malformed: [MalformedWaiver] = [], limits: WaiverLimits = WaiverLimits(),
        disabled: [DisabledRule] = []
    ) -> Exceptions {
        Exceptions(
            waivers: waivers, malformed: malformed, limits: limits, knownRules: rules, disabled: disabled)
    }

    /// One of every kind for `Account.mixed()`.
    static func mixed() -> Exceptions {
        exceptions(
            [
                waiver("a-bucket", match: Waiver.Match(tenant: "prod", id: "beta")),
                waiver("b-expired", match: Waiver.Match(id: "delta"), expires: days(-1)),
                waiver("c-long", match: Waiver.Match(id: "delta"), expires: days(400)),
                waiver("d-unknown", rule: "bucket-versoning", match: Waiver.Match(id: "delta")),
                waiver("e-unused", match: Waiver.Match(id: "nobody")),
                waiver("f-shared", match: Waiver.Match(id: "nobody"), tenants: ["prod", "dev"]),
                waiver("g-changed", match: Waiver.Match(id: "delta"), evidence: String(repeating: "0", count: 64)),
                waiver("h-user", rule: "user-path", match: Waiver.Match(arn: "arn:aws:iam::*:user/b?b")),
            ],
            malformed: [
                MalformedWaiver(path: "waivers/i.yaml", fault: "1:1: a waiver needs the key `rule`", tenants: ["prod"])
            ],
            disabled: [
                DisabledRule(rule: "not-run", reason: "by design", expires: days(9), path: "tenants/prod.yaml"),
                DisabledRule(rule: "user-path", reason: "for a while", expires: days(-9), path: "tenants/prod.yaml"),
            ])
    }

    static func decide(_ findings: [Finding], _ exceptions: Exceptions, at moment: Timestamp = Account.noon)
        -> Exceptions.Decision
    {
        exceptions.decide(on: findings, tenant: "prod", account: Account.number, at: moment)
    }
}
