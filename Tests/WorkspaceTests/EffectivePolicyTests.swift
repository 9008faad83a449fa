import Documents
import Posture
import Rules
import TestSupport
import Testing

@testable import Workspace

@Suite struct EffectivePolicyTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static func policy(
        _ rules: String, defaults: String = "", files: [String: String] = [:], at moment: Timestamp = now
    ) throws -> (policy: EffectivePolicy, tenant: Tenant) {
        let (workspace, diagnostics) = try Loading.load(
            Loading.tree(
                [
                    "tenants/prod.yaml": Loading.tenant + rules,
                    "tenants/_defaults.yaml": Loading.defaults + defaults,
                ].merging(files) { $1 }))
        #expect(diagnostics.allSatisfy { $0.severity == .warning }, "\(Loading.report(diagnostics))")
        let tenant = try #require(workspace.tenants.first)
        return (workspace.policy(for: tenant, at: moment), tenant)
    }

    private static func severity(_ policy: EffectivePolicy, _ rule: String = "s3-bucket-versioning") -> Severity? {
        policy.rules.first { $0.rule.id == rule }?.rule.severity
    }

    @Test func withoutOverlaysRulesAreAsTheyAre() throws {
        let (policy, tenant) = try Self.policy("")
        #expect(policy.settings.isEmpty && policy.exceptions.disabled.isEmpty && policy.exceptions.waivers.isEmpty)
        #expect(Self.severity(policy) == .medium)
        #expect(policy.frameworks.map(\.id) == ["soc2-tsc"] && tenant.trusted == Tenant.Trusted())
        #expect(policy.exceptions.limits == WaiverLimits(maxDays: 365, maxSeverity: .critical))
    }

    @Test func severitiesAndParametersAreTheTenants() throws {
        let (policy, _) = try Self.policy(
            """
            rules:
              s3-bucket-versioning: {severity: critical}
              iam-password-policy-min-length: {params: {length: 20}, severity: info}

            """)
        #expect(Self.severity(policy) == .critical && Self.severity(policy, "iam-password-policy-min-length") == .info)
        #expect(policy.settings["iam-password-policy-min-length"] == ["length": 20])
    }

    /// The day that it names is the first on which the rule runs again.
    @Test(arguments: [("2026-11-19", true), ("2026-11-18", false), ("2026-11-17", false), ("2000-01-01", false)])
    func aDisabledRuleDoesNotRunUntilItExpires(expires: String, isOff: Bool) throws {
        #expect(Self.now.date == "2026-11-18")
        let (policy, _) = try Self.policy(
            "rules: {s3-bucket-versioning: {disabled: {reason: by design, expires: \(expires)}}}\n")
        #expect((Self.severity(policy) == nil) == isOff)
        #expect(policy.exceptions.disabled.map(\.expires.date) == [expires])
        #expect(policy.exceptions.disabled.map(\.reason) == ["by design"])
        #expect(policy.exceptions.disabled.map(\.path) == ["tenants/prod.yaml"])
        #expect(policy.exceptions.knownRules.contains("s3-bucket-versioning"))
    }

    @Test(
        arguments: [
            ("", .info, [:]), ("rules: {s3-bucket-versioning: {severity: high}}\n", .high, [:]),
            ("rules: {s3-bucket-versioning: {}}\n", .medium, [:]),
            ("rules: {iam-user-mfa: {severity: low}}\n", .info, [:]),
            (
                "rules: {iam-password-policy-min-length: {severity: low}}\n", .info,
                ["iam-password-policy-min-length": [:]]
            ),
        ] as [(String, Severity, [String: [String: JSON]])])
    func aTenantOverridesTheDefaultsRuleByRule(
        rules: String, severity: Severity, settings: [String: [String: JSON]]
    ) throws {
        let defaults = """
            rules:
              s3-bucket-versioning: {severity: info}
              iam-password-policy-min-length: {params: {length: 9}}

            """
        let (policy, _) = try Self.policy(rules, defaults: defaults)
        #expect(Self.severity(policy) == severity)
        let expected = settings["iam-password-policy-min-length"] ?? ["length": 9]
        #expect(policy.settings["iam-password-policy-min-length"] == expected)
    }

    @Test func whoIsTrustedIsTheTenantsOrTheDefaults() throws {
        let defaults = "trusted: {accounts: [\"210987654321\"]}\n"
        #expect(try Self.policy("", defaults: defaults).tenant.trusted.accounts == ["210987654321"])
        let own = try Self.policy(
            "trusted: {accounts: [333344445555, \"000000000001\"], organizations: [o-abc123]}\n", defaults: defaults
        ).tenant.trusted
        #expect(own == Tenant.Trusted(accounts: ["000000000001", "333344445555"], organizations: ["o-abc123"]))
    }

    @Test(
        arguments: [
            ("", "", "", []), ("owner_tags: [s]", "", "", ["s"]),
            ("owner_tags: [s]", "owner_tags: [d, e]", "", ["d", "e"]),
            ("owner_tags: [s]", "owner_tags: [d]", "owner_tags: [t]", ["t"]),
            ("owner_tags: [s]", "", "owner_tags: []", []),
        ] as [(String, String, String, [String])])
    func ownerTagsAreTheTenantsOrTheDefaultsOrTheSettings(
        settings: String, defaults: String, tenant: String, keys: [String]
    ) throws {
        let (policy, _) = try Self.policy(
            tenant + "\n", defaults: defaults + "\n", files: ["parapet.yaml": "version: 1\n\(settings)\n"])
        #expect(policy.ownerTags == OwnerTags(keys))
    }

    @Test func limitsAreTheSettings() throws {
        let settings = "version: 1\nwaivers: {approvers: [\"@acme/security\"], max_days: 30, max_severity: high}\n"
        let (policy, _) = try Self.policy("", files: ["parapet.yaml": settings])
        #expect(policy.exceptions.limits == WaiverLimits(maxDays: 30, maxSeverity: .high))
    }

    @Test func whatTheTenantSaysIsWrittenDown() throws {
        let (policy, _) = try Self.policy(
            """
            trusted: {accounts: ["210987654321"]}
            owner_tags: [owner, team]
            rules:
              s3-bucket-versioning: {severity: low, disabled: {reason: by design, expires: 2027-03-01}}
              iam-password-policy-min-length: {params: {length: 20}}

            """,
            files: [
                "waivers/w.yaml": Loading.waiver,
                "waivers/v.yaml": Loading.waiver.replacing("old-bucket", with: "tagged").replacing(
                    "{tenant: prod, id: old}", with: "{arn: \"arn:*\", tags: {a: b}}"),
            ])
        let file = try #require(PolicyBundle.files(of: policy).first { $0.path == "tenant.json" })
        try Golden.expect(String(decoding: file.bytes, as: UTF8.self), equals: "tenant-policy.json")
    }
}
