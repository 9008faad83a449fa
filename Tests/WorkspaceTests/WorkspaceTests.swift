import Documents
import Posture
import Rules
import Testing

@testable import Workspace

@Suite struct WorkspaceTests {
    private static func workspace(_ files: [String: String] = [:]) throws -> Workspace {
        let (workspace, diagnostics) = try Loading.load(Loading.tree(files))
        #expect(Loading.report(diagnostics) == "")
        return workspace
    }

    private static func rule(_ id: String, _ more: String = "") -> String {
        Loading.rule.replacing("own-versioning", with: id + more)
    }

    @Test func aTenantRunsWhatItsScannersBring() throws {
        let workspace = try Self.workspace()
        let tenant = try #require(workspace.tenants.first)
        let scanners = Set(
            workspace.rules(for: tenant).map { rule -> String in
                if case .builtin(let scanner) = rule.origin { scanner } else { "own" }
            })
        #expect(scanners == ["iam", "s3"])
        var narrow = tenant
        narrow.scanners = []
        #expect(workspace.rules(for: narrow).isEmpty)
    }

    @Test func theRepositorysOwnRulesAlwaysRun() throws {
        let workspace = try Self.workspace([
            "policies/a.yaml": Self.rule("own-a"), "policies/b.yaml": Self.rule("own-b", "\nstatus: experimental"),
        ])
        var tenant = try #require(workspace.tenants.first)
        tenant.scanners = []
        #expect(workspace.rules(for: tenant).map(\.rule.id) == ["own-a", "own-b"])
    }

    @Test(arguments: Rule.Status.allCases) func onlyStableBuiltInRulesRun(status: Rule.Status) throws {
        var workspace = try Self.workspace()
        let tenant = try #require(workspace.tenants.first)
        let index = try #require(workspace.rules.firstIndex { $0.rule.id == "s3-bucket-versioning" })
        workspace.rules[index].rule.status = status
        #expect(workspace.rules(for: tenant).contains { $0.rule.id == "s3-bucket-versioning" } == (status == .stable))
    }

    @Test func idleScannersAreNamed() throws {
        let workspace = try Self.workspace(["tenants/_defaults.yaml": "regions: all\nscanners: [s3, edge, ai]\n"])
        let tenant = try #require(workspace.tenants.first)
        #expect(workspace.idleScanners(of: tenant) == ["ai", "edge"])
        #expect(tenant.regions == .all)
    }

    @Test func aReplacementSpeaksForTheControls() throws {
        let workspace = try Self.workspace(["policies/a.yaml": Self.rule("own-a", "\nreplaces: s3-bucket-versioning")])
        let named = try #require(workspace.frameworks["soc2-tsc"]).controls.flatMap(\.rules)
        #expect(named.contains("own-a") && !named.contains("s3-bucket-versioning"))
        #expect(!workspace.rules.contains { $0.rule.id == "s3-bucket-versioning" })
    }

    @Test func defaultsAreOverridden() throws {
        let workspace = try Self.workspace([
            "tenants/_defaults.yaml": "regions: all\nscanners: [s3]\nlabels: {stage: test, team: a}\nframeworks: []\n",
            "tenants/prod.yaml": Loading.tenant
                + "regions: [us-west-2, eu-west-1, us-west-2]\nlabels: {stage: production}\n",
        ])
        let tenant = try #require(workspace.tenants.first)
        #expect(tenant.regions == .listed(["eu-west-1", "us-west-2"]))
        #expect(tenant.labels == ["stage": "production", "team": "a"])
        #expect(tenant.scanners == ["s3"] && tenant.frameworks == [])
    }

    @Test func frameworksOfTheRepositoryCanBeChosen() throws {
        let workspace = try Self.workspace([
            "frameworks/mine.yaml":
                "framework: mine\ntitle: Mine\ncontrols:\n  - {control: M-1, title: One, rules: [s3-bucket-versioning]}\n",
            "tenants/prod.yaml": Loading.tenant + "frameworks: [mine, soc2-tsc]\n",
        ])
        let tenant = try #require(workspace.tenants.first)
        #expect(workspace.frameworks(for: tenant).map(\.id) == ["mine", "soc2-tsc"])
    }
}
