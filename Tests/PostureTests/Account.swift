import AWSModels
import Documents
import Resources
import Rules
import Testing

@testable import Posture

/// A made-up account of a few buckets and users, to judge.
enum Account {
    static let number = "123456789012"
    static let noon = Timestamp(seconds: 1_795_000_000)

    static func catalog() throws -> ResourceCatalog { try ResourceCatalog.builtin(models: ModelLibrary.builtin()) }

    static func rule(_ text: String) throws -> Rule {
        var file = FileDiagnostics(file: SourceFile(path: "rule.yaml", text: text))
        let rule = RuleParser.parse(&file)
        return try #require(rule, "\(file.found.map { $0.text() })")
    }

    /// A critical rule on versioning, a medium one on the region, a low one on encryption.
    static func rules() throws -> [Rule] {
        [
            try rule(
                """
                rule: bucket-versioning
                title: Buckets keep versions
                severity: critical
                category: resilience
                resource: AWS::S3::Bucket
                pass_when: {Versioning.Status: Enabled}
                message: "bucket {Name} keeps no versions"
                remediation:
                  text: "{Name} needs versions."
                  cli: aws s3api put-bucket-versioning --bucket {Name} --versioning-configuration Status=Enabled
                  terraform: aws_s3_bucket_versioning.{Name}
                references: [https://docs.aws.amazon.com/s3/versioning]
                """),
            try rule(
                """
                rule: bucket-encryption
                title: Buckets are encrypted
                severity: low
                resource: AWS::S3::Bucket
                pass_when: {Encryption: {exists: true}}
                """),
            try rule(
                """
                rule: user-path
                title: Users stand below a path
                severity: medium
                resource: AWS::IAM::User
                where: {UserName: {ne: root}}
                fail_when: {Path: /}
                message: "user {UserName} stands at the root"
                remediation:
                  text: >
                    Move {UserName}
                    somewhere else.
                """),
        ]
    }

    static func bucket(
        _ name: String, region: String = "eu-west-1", versioning: String? = "Enabled", encrypted: Bool = true,
        denied: [String] = []
    ) -> Resource {
        var config: JSONObject = ["Name": .string(name)]
        if let versioning { config["Versioning"] = ["Status": .string(versioning)] }
        if encrypted { config["Encryption"] = ["Rules": [[:]]] }
        return Resource(
            type: "AWS::S3::Bucket", id: name, arn: "arn:aws:s3:::\(name)", account: number, region: region,
            config: .object(config), uncollected: Dictionary(denied.map { ($0, "AccessDenied") }) { first, _ in first })
    }

    static func user(_ name: String, path: String = "/") -> Resource {
        Resource(
            type: "AWS::IAM::User", id: name, arn: "arn:aws:iam::\(number):user/\(name)", account: number,
            region: "global", config: ["UserName": .string(name), "Path": .string(path)])
    }

    static func snapshot(
        _ resources: [Resource], gaps: [CollectionGap] = [], at moment: Timestamp = noon,
        types: Set<String> = ["AWS::S3::Bucket", "AWS::IAM::User"]
    ) -> Snapshot {
        Snapshot(
            account: number, partition: "aws", regions: ["eu-west-1", "us-east-1"], collectedAt: moment, types: types,
            gaps: gaps, resources: resources)
    }

    static let frameworks = [
        Framework(
            id: "acme", title: "Acme baseline", version: "2026.1",
            controls: [
                Framework.Control(id: "A-1", title: "Versions", section: "Data", rules: ["bucket-versioning"]),
                Framework.Control(
                    id: "A-2", title: "Encryption | keys", section: nil, rules: ["bucket-encryption", "not-run"]),
                Framework.Control(id: "A-3", title: "Order", section: "People", rules: ["user-path"]),
                Framework.Control(id: "A-4", title: "Visitors", section: nil, rules: []),
                Framework.Control(id: "A-5", title: "Elsewhere", section: nil, rules: ["not-run"]),
            ], path: "frameworks/acme.yaml")
    ]

    static func judge(
        _ snapshot: Snapshot, rules: [Rule]? = nil, exceptions: Exceptions = Exceptions(),
        ownerTags: OwnerTags = OwnerTags()
    ) throws -> (posture: Posture, verdicts: [Verdict]) {
        Posture.evaluate(
            tenant: "prod", rules: try rules ?? Self.rules(), frameworks: frameworks, exceptions: exceptions,
            ownerTags: ownerTags, in: EvaluationContext(catalog: try catalog(), snapshot: snapshot))
    }

    /// Something of every kind: failures, passes, unknowns of attributes and of a list, what does not apply.
    static func mixed(at moment: Timestamp = noon) -> Snapshot {
        snapshot(
            [
                bucket("alpha"), bucket("beta", versioning: "Suspended"),
                bucket("gamma", region: "us-east-1", versioning: nil, denied: ["Versioning"]),
                bucket("delta", versioning: "Suspended", denied: ["Encryption"]),
                bucket("epsilon", versioning: nil, denied: ["Versioning"]),
                user("ann", path: "/people/"), user("bob"), user("root"),
            ],
            gaps: [
                CollectionGap(
                    type: "AWS::IAM::User", region: "global", operation: "iam:ListUsers", code: "Throttling")
            ], at: moment)
    }
}
