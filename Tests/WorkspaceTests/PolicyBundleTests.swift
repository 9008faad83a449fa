import Documents
import Posture
import Resources
import Rules
import Testing

@testable import Workspace

/// A policy that is recorded and read again judges as the first did.
@Suite struct PolicyBundleTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static let files = [
        "policies/own.yaml": Loading.rule.replacing(
            "{Versioning.Status: Enabled}\ntests", with: "{use: versioned}\ntests"),
        "policies/fragments/versioned.yaml":
            "fragment: versioned\nresource: AWS::S3::Bucket\nwhen: {Versioning.Status: Enabled}\n",
        "policies/tables/owners.yaml": """
        table: owners
        key: name
        columns: {name: text, of: text}
        source: the teams
        updated: 2026-11-01
        rows:
          - {name: b, of: x}

        """,
        "frameworks/own.yaml": """
        framework: own
        title: Ours
        version: "2026.1"
        controls:
          - {control: A, title: "Colons: and \\"quotes\\"", section: S, rules: [own-versioning]}
          - {control: B, title: Nothing, rules: []}

        """,
        "waivers/w.yaml": Loading.waiver,
        "waivers/unknown.yaml": Loading.waiver.replacing("old-bucket", with: "u").replacing(
            "s3-bucket-versioning", with: "no-such-rule"),
        "waivers/faulty.yaml": "waiver: Faulty\n",
    ]

    private static func policy(at moment: Timestamp = now) throws -> EffectivePolicy {
        let (workspace, diagnostics) = try Loading.load(
            Loading.tree(
                [
                    "tenants/prod.yaml": Loading.tenant + """
                        frameworks: [own, soc2-tsc]
                        owner_tags: [team, owner]
                        trusted: {accounts: ["210987654321"], organizations: [o-abc123]}
                        rules:
                          own-versioning: {severity: critical}
                          s3-bucket-public-access-block: {disabled: {reason: "by: design", expires: 2027-03-01}}
                          s3-bucket-access-logging: {disabled: {reason: over, expires: 2026-01-01}}
                          iam-password-policy-min-length: {params: {length: 20}}

                        """
                ].merging(files) { $1 }))
        let faults = diagnostics.filter { $0.severity == .error && !$0.isOfWaiver }
        #expect(faults.isEmpty, "\(Loading.report(faults))")
        return workspace.policy(for: try #require(workspace.tenants.first), at: moment)
    }

    private static func tree(_ policy: EffectivePolicy, _ change: (inout [String: String]) -> Void = { _ in })
        -> MemoryTree
    {
        var texts = Dictionary(
            PolicyBundle.files(of: policy).map {
                ("prod/_policy/\($0.path)", String(decoding: $0.bytes, as: UTF8.self))
            }
        ) { first, _ in first }
        change(&texts)
        return MemoryTree(texts)
    }

    private static func read(_ tree: MemoryTree, at moment: Timestamp = now) throws -> EffectivePolicy {
        try SnapshotFiles.policy(tree, "prod", catalog: try Loading.catalog(), at: moment)
    }

    @Test func whatIsRecordedIsReadAgain() throws {
        let policy = try Self.policy()
        #expect(policy.exceptions.waivers.count == 2 && policy.exceptions.malformed.count == 1)
        let read = try Self.read(Self.tree(policy))
        let written = PolicyBundle.files(of: policy).sorted { $0.path < $1.path }
        let again = PolicyBundle.files(of: read).sorted { $0.path < $1.path }
        #expect(written.map(\.path) == again.map(\.path))
        for (first, second) in zip(written, again) { #expect(first.bytes == second.bytes, "\(first.path)") }
        #expect(read.rules.map(\.rule.severity) == policy.rules.map(\.rule.severity))
        #expect(read.frameworks.map(\.id) == ["own", "soc2-tsc"])
        #expect(read.ownerTags == OwnerTags(["team", "owner"]))
        #expect(read.trust.account == policy.trust.account && read.trust.accounts == policy.trust.accounts)
    }

    @Test func itJudgesAsTheFirstDid() throws {
        let policy = try Self.policy()
        let resources = ["old", "new"].map { name in
            Resource(
                type: "AWS::S3::Bucket", id: name, arn: "arn:aws:s3:::\(name)", account: "123456789012",
                region: "eu-west-1", tags: ["owner": name],
                config: ["Name": .string(name), "Versioning": ["Status": "Suspended"]])
        }
        let snapshot = Snapshot(
            account: "123456789012", partition: "aws", regions: ["eu-west-1"], collectedAt: Self.now,
            types: ["AWS::S3::Bucket"], resources: resources)
        let catalog = try Loading.catalog()
        let first = policy.judge(snapshot, catalog).posture
        let second = try Self.read(Self.tree(policy)).judge(snapshot, catalog).posture
        #expect(first.findings.map(\.id) == second.findings.map(\.id) && !first.findings.isEmpty)
        #expect(first.findings.map(\.message) == second.findings.map(\.message))
        #expect(first.findings.map(\.owner) == second.findings.map(\.owner))
        #expect(first.findings.contains { $0.owner == "new" })
        #expect(first.findings.contains { $0.rule == "parapet-waiver-unknown-rule" })
        #expect(first.findings.contains { $0.rule == "own-versioning" && $0.severity == .critical })
        #expect(first.waived.map(\.id) == second.waived.map(\.id) && first.waived.count == 1)
        #expect(first.disabled == second.disabled && first.disabled.count == 1)
        #expect(first.counts == second.counts && first.score.value == second.score.value)
        #expect(first.compliance.map(\.percentage) == second.compliance.map(\.percentage))
    }

    /// What earlier versions recorded names no tags of owners.
    @Test func withoutOwnerTagsNobodyIsNamed() throws {
        let tree = Self.tree(try Self.policy()) { files in
            files["prod/_policy/tenant.json"] = files["prod/_policy/tenant.json"]?.replacing(
                "owner_tags", with: "other")
        }
        #expect(try Self.read(tree).ownerTags == OwnerTags([]))
    }

    @Test func ownerTagsAreTexts() throws {
        let tree = Self.tree(try Self.policy()) { files in
            files["prod/_policy/tenant.json"] = files["prod/_policy/tenant.json"]?.replacing("\"team\",", with: "1,")
        }
        #expect(throws: WorkspaceError.self) { try Self.read(tree) }
    }

    @Test(
        arguments: [
            ("tenant.json", nil, "no policy is recorded"), ("tenant.json", "{}", "is no recorded policy"),
            ("tenant.json", "[", "is no recorded policy"),
            ("rules/own-versioning.yaml", "rule: own-versioning\n", "own-versioning.yaml"),
            ("rules/fragments/versioned.yaml", nil, "versioned"),
        ] as [(String, String?, String)])
    func whatCannotBeReadIsNoPolicy(path: String, text: String?, reason: String) throws {
        let tree = Self.tree(try Self.policy()) { $0["prod/_policy/\(path)"] = text }
        let error = try #require(throws: WorkspaceError.self) { try Self.read(tree) }
        #expect(error.message.contains(reason), "\(error.message)")
    }
}
