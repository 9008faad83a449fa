import Documents
import Foundation
import Posture
import Rules
import TestSupport
import Testing

@testable import Workspace

@Suite struct SettingsParserTests {
    private static func settings(_ text: String) throws -> Settings {
        let (workspace, diagnostics) = try Loading.load(Loading.tree(["parapet.yaml": text]))
        #expect(diagnostics.allSatisfy { $0.severity == .warning }, "\(Loading.report(diagnostics))")
        return workspace.settings
    }

    @Test func everyKeyHasAnEffect() throws {
        let settings = try Self.settings(
            """
            version: 1
            results: {branch: acme/sec/out, allow_public: true}
            gate: {fail_on: low, max_unknown: 7, new_only: false, max_snapshot_age: 36h}
            github: {comment: hide, check: false}
            waivers: {approvers: ["@acme/security", "@alice"], max_days: 90, max_severity: high}
            owner_tags: [Owner, "team:name", 7]

            """)
        #expect(settings.ownerTags == OwnerTags(["Owner", "team:name", "7"]))
        #expect(settings.waiverApprovers == ["@acme/security", "@alice"])
        #expect(settings.waiverLimits == WaiverLimits(maxDays: 90, maxSeverity: .high))
        #expect(settings.resultsBranch == "acme/sec/out")
        #expect(settings.snapshotsBranch == "acme/sec/snapshots" && settings.journalBranch == "acme/sec/journal")
        #expect(settings.allowsPublic && settings.gate.failOn == .low && settings.gate.maxUnknown == 7)
        #expect(!settings.gate.newOnly && settings.gate.maxSnapshotAge == 36 * 3_600)
        #expect(settings.gitHub.comment == .hide && !settings.gitHub.check)
    }

    @Test func thereAreDefaults() throws {
        let settings = try Self.settings("version: 1\n")
        #expect(settings.resultsBranch == "parapet/results" && !settings.allowsPublic)
        #expect(settings.gate.failOn == .high && settings.gate.maxUnknown == 0)
        #expect(settings.gate.newOnly && settings.gate.maxSnapshotAge == nil)
        #expect(settings.gitHub == Settings.GitHub() && settings.gitHub.comment == .update && settings.gitHub.check)
        #expect(settings.ownerTags == OwnerTags([]))
    }

    @Test(arguments: [("2d", 172_800), ("1w", 604_800), ("36h", 129_600)])
    func agesAreHoursDaysOrWeeks(text: String, seconds: Int64) throws {
        let settings = try Self.settings("version: 1\ngate: {max_snapshot_age: \(text)}\n")
        #expect(settings.gate.maxSnapshotAge == seconds)
    }

    @Test(arguments: ["0h", "36", "h", "36m", "-1h", "[1h]", "1000001h"])
    func otherAgesAreErrors(text: String) throws {
        let (workspace, diagnostics) = try Loading.load(
            Loading.tree(["parapet.yaml": "version: 1\ngate: {max_snapshot_age: \(text)}\n"]))
        #expect(workspace.settings.gate.maxSnapshotAge == nil)
        #expect(diagnostics.filter { $0.severity == .error }.map(\.code) == ["settings/value"])
    }

    @Test func neverFails() throws {
        #expect(try Self.settings("version: 1\ngate: {fail_on: never}\n").gate.failOn == nil)
    }

    @Test(arguments: [
        "parapet/results", "a/b", "a/b/c", "parapet/results-prod", "x_1/y.z", "A/B", "parapet/HEAD", "a/b.lock.x",
    ])
    func branchesOfItsOwn(name: String) { #expect(SettingsParser.isBranch(name)) }

    @Test(arguments: [
        "", "main", "/", "a/", "/a", "a//b", "a/.b", ".a/b", "a/b.lock", "a.lock/b", "a/b..c", "a/b.", "a/-b", "-a/b",
        "a/b c",
        "a/b~1", "a/b^", "a/b:c", "a/b?", "a/b*", "a/b[", "a/b\\c", "a/@{b", "a/\u{E9}", "a/b\n", "a/\u{7F}",
        "parapet/snapshots",
        "parapet/journal", "a/" + String(repeating: "b", count: 199),
    ])
    func noBranchesOfItsOwn(name: String) { #expect(!SettingsParser.isBranch(name)) }

    @Test func whatItAcceptsGitAcceptsToo() throws {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("ab.-_/@~ L") + Array(".lock")
        var accepted: [String] = []
        while accepted.count < 40 {
            let text = String(
                (0..<Int.random(in: 3...9, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
            if SettingsParser.isBranch(text) { accepted.append(text) }
        }
        for name in accepted {
            #expect(try Git.run(["check-ref-format", "refs/heads/" + name]).status == 0, "`\(name)`")
        }
    }
}
