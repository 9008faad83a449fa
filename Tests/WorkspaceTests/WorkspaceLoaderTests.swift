import Builtin
import Documents
import Foundation
import Posture
import Rules
import TestSupport
import Testing

@testable import Workspace

@Suite struct WorkspaceLoaderTests {
    /// Faults of each kind of file, as their diagnostics say them.
    @Test(arguments: FaultyFiles.all.keys.sorted()) func faultsAreReported(name: String) throws {
        let files = try #require(FaultyFiles.all[name])
        let found = try Loading.load(Loading.tree(files)).diagnostics
        #expect(!found.isEmpty)
        #expect(found == found.sorted(by: Diagnostic.inReadingOrder))
        try Golden.expect(Loading.report(found), equals: "\(name).txt")
    }

    @Test func nothingIsSaidOfWhatIsInOrder() throws {
        let (workspace, diagnostics) = try Loading.load(Loading.tree())
        #expect(Loading.report(diagnostics) == "")
        let tenant = try #require(workspace.tenants.first)
        #expect(workspace.tenants.count == 1)
        #expect(tenant.name == "prod" && tenant.account == "123456789012" && tenant.externalID == "px-7Q3kz9vJ2mWfB4sD")
        #expect(tenant.regions == .listed(["eu-west-1"]) && tenant.scanners == ["s3", "iam"])
        #expect(tenant.frameworks == ["soc2-tsc"])
        #expect(workspace.frameworks(for: tenant).map(\.id) == ["soc2-tsc"])
    }

    @Test func theTemplateIsInOrder() throws {
        let files = RepositoryTemplate.files(externalID: RepositoryTemplate.externalID())
        let tree = MemoryTree(Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first })
        let (workspace, diagnostics) = try Loading.load(tree)
        #expect(Loading.report(diagnostics) == "")
        #expect(workspace.tenants.map(\.name) == ["example"])
    }

    @Test(arguments: [
        "external_id: \"secret value\"", "external_id: s", "external_id: [secretvalue]",
        "external_id: {secretvalue: 1}",
        "external_id: |\n  secretvalue\n  x", "external_id:\n  secret value", "externalid: secretvalue",
        "external_id: !x secretvalue",
        "external_id: \"secret\\x00value\"", "external_id: secretvalue\nexternal_id: secretvalue",
        "external_id: secretvalue: x",
    ])
    func anExternalIDIsNotShown(line: String) throws {
        let text = Loading.tenant.replacing("external_id: px-7Q3kz9vJ2mWfB4sD", with: line)
        let found = try Loading.load(Loading.tree(["tenants/prod.yaml": text])).diagnostics
        #expect(!found.isEmpty)
        for diagnostic in found { #expect(!diagnostic.text().contains("secret"), "\(diagnostic.text())") }
    }

    @Test func aSharedExternalIDIsNotShown() throws {
        let twin = Loading.tenant.replacing("prod", with: "twin")
        let found = try Loading.load(Loading.tree(["tenants/twin.yaml": twin])).diagnostics
        #expect(found.map(\.code) == ["tenant/shared-external-id"])
        for diagnostic in found { #expect(!diagnostic.text().contains("px-7Q3"), "\(diagnostic.text())") }
    }

    // MARK: Untrusted content

    @Test func anAliasBombIsRefused() throws {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        for path in [
            "parapet.yaml", "tenants/prod.yaml", "tenants/_defaults.yaml", "frameworks/f.yaml", "policies/r.yaml",
            "policies/fragments/f.yaml", "waivers/w.yaml",
        ] {
            let found = try Loading.load(Loading.tree([path: bomb])).diagnostics.filter { $0.path == path }
            #expect(found.map(\.code) == ["yaml/too-many-nodes"], "\(path)")
        }
    }

    @Test(arguments: [
        "parapet.yaml", "tenants/prod.yaml", "tenants/_defaults.yaml", "frameworks/f.yaml", "policies/r.yaml",
        "waivers/w.yaml",
    ])
    func whatCannotBeReadIsAFault(path: String) throws {
        var tree = Loading.tree()
        tree[path] = Array(repeating: UInt8(ascii: "#"), count: WorkspaceLoader.sizeLimit + 1)
        #expect(try Loading.load(tree).diagnostics.filter { $0.path == path }.map(\.code) == ["yaml/too-large"])
        tree[path] = Array("a: b\nc: \"\u{E9}".utf8) + [0xC3, 0x28]
        let found = try Loading.load(tree).diagnostics.filter { $0.path == path }
        #expect(found.map(\.code) == ["yaml/not-utf8"])
        #expect(found.first?.span == Span(line: 2, column: 6))
        tree[path] = []
        #expect(try Loading.load(tree).diagnostics.filter { $0.path == path }.map(\.code) == ["yaml/empty"])
    }

    @Test(arguments: [
        "tenants/link.yaml", "policies/link.yml", "frameworks/link.yaml", "parapet.yaml", "policies", "policies/vendor",
        "tenants", "waivers/link.yaml", "waivers",
    ])
    func linksAreNotFollowed(path: String) throws {
        let files = ["parapet.yaml": Loading.settings].filter { $0.key != path }
        let found = try Loading.load(MemoryTree(files, links: [path])).diagnostics
        #expect(found.map(\.code) == ["file/link"])
        #expect(found.map(\.path) == [path])
    }

    @Test func otherFilesAreLeftAlone() throws {
        let files = [
            "policies/README.md": "*", "tenants/notes.txt": "x", "frameworks/.gitkeep": "", "waivers/.gitkeep": "",
        ]
        #expect(try Loading.load(Loading.tree(files, links: ["policies/LINK.md"])).diagnostics.isEmpty)
    }

    // MARK: Rules

    @Test func aRepositoryWithTheProjectsOwnPoliciesHasNoDuplicates() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let project = DirectoryTree(root.path)
        var tree = Loading.tree()
        var count = 0
        for folder in ["policies", "frameworks"] {
            for entry in try project.files(under: folder) where entry.path.hasSuffix(".yaml") {
                tree[entry.path] = try project.read(entry, limit: 1 << 20)
                count += 1
            }
        }
        #expect(count > 20)
        let (workspace, diagnostics) = try Loading.load(tree)
        #expect(Loading.report(diagnostics) == "")
        let builtin = try Loading.load(Loading.tree()).workspace
        #expect(workspace.rules.map(\.rule.id) == builtin.rules.map(\.rule.id))
        #expect(workspace.rules.map(\.origin) == builtin.rules.map(\.origin))
        #expect(workspace.rules.allSatisfy { !$0.rule.tests.isEmpty })
    }

    @Test func aRuleCanTakeABuiltInOnesPlace() throws {
        let text = Loading.rule.replacing(
            "rule: own-versioning", with: "rule: s3-bucket-versioning\nreplaces: s3-bucket-versioning")
        let (workspace, diagnostics) = try Loading.load(Loading.tree(["policies/mine.yaml": text]))
        #expect(Loading.report(diagnostics) == "")
        let rules = workspace.rules.filter { $0.rule.id == "s3-bucket-versioning" }
        #expect(rules.map(\.origin) == [.repository])
        #expect(rules.map(\.source.path) == ["policies/mine.yaml"])
    }

    @Test func aFolderOfRulesAloneHasNoBuiltInOnes() throws {
        let tree = MemoryTree(["a/own.yaml": Loading.rule, "b.yaml": "rule: ["])
        let (workspace, diagnostics) = try WorkspaceLoader.loadRules(tree, catalog: Loading.catalog())
        #expect(workspace.rules.map(\.rule.id) == ["own-versioning"])
        #expect(diagnostics.map(\.code) == ["yaml/syntax"])
    }

    @Test func withoutSettingsOnlyIfTheyAreNotNeeded() throws {
        let tree = MemoryTree([:])
        #expect(try Loading.load(tree).diagnostics.map(\.code) == ["settings/missing"])
        let found = try WorkspaceLoader.load(tree, catalog: Loading.catalog(), regions: [], needsSettings: false)
            .diagnostics
        #expect(found.isEmpty)
    }
}
