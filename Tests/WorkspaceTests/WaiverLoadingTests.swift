import Documents
import Posture
import Testing

@testable import Workspace

@Suite struct WaiverLoadingTests {
    private static func tenant(_ name: String, _ more: String = "") -> String {
        Loading.tenant.replacing("prod", with: name).replacing("px-", with: "px-\(name)-") + more
    }

    private static func workspace(_ files: [String: String]) throws -> (Workspace, [Diagnostic]) {
        try Loading.load(
            Loading.tree(
                [
                    "tenants/prod.yaml": tenant("prod", "labels: {stage: production}\n"),
                    "tenants/dev.yaml": tenant("dev", "labels: {stage: test, team: a}\n"),
                    "tenants/lab.yaml": tenant("lab", "labels: {stage: test}\n"),
                ].merging(files) { $1 }))
    }

    @Test func everyKeyIsRead() throws {
        let digest = String(repeating: "0123456789abcdef", count: 4)
        let text = Loading.waiver.replacing(
            "{tenant: prod, id: old}",
            with: "{tenant: prod, id: old, arn: \"arn:*\", tags: {a: b}, labels: {stage: production}}")
        let (workspace, found) = try Self.workspace(["waivers/w.yaml": text + "evidence: \(digest)\n"])
        #expect(Loading.report(found) == "")
        let waiver = try #require(workspace.waivers.first)
        #expect(waiver.name == "old-bucket" && waiver.rule == "s3-bucket-versioning")
        #expect(
            waiver.match
                == Waiver.Match(
                    tenant: "prod", id: "old", arn: "arn:*", tags: ["a": "b"], labels: ["stage": "production"]))
        #expect(waiver.reason == "Goes away with the migration" && waiver.ticket == "SEC-1412")
        #expect(waiver.approvedBy == "@alice" && waiver.evidence == digest)
        #expect(waiver.expires.description == "2027-02-28T00:00:00Z" && waiver.path == "waivers/w.yaml")
        #expect(workspace.malformedWaivers.isEmpty)
    }

    @Test(
        arguments: [
            ("{id: old}", ["prod", "dev", "lab"]), ("{tenant: dev}", ["dev"]),
            ("{labels: {stage: test}}", ["dev", "lab"]),
            ("{labels: {stage: test, team: a}}", ["dev"]), ("{tenant: lab, labels: {stage: test}}", ["lab"]),
        ] as [(String, Set<String>)])
    func aWaiverConcernsTheTenantsThatItNames(match: String, tenants: Set<String>) throws {
        let text = Loading.waiver.replacing("{tenant: prod, id: old}", with: match)
        let (workspace, found) = try Self.workspace(["waivers/w.yaml": text])
        #expect(Loading.report(found) == "")
        #expect(workspace.waivers.map(\.tenants) == [tenants])
        for tenant in workspace.tenants {
            let policy = workspace.policy(for: tenant, at: Timestamp(seconds: 0))
            #expect(policy.exceptions.waivers.isEmpty != tenants.contains(tenant.name))
        }
    }

    /// A faulty one belongs to the tenant that it names, where that can be read, and to all where it cannot.
    @Test(
        arguments: [
            (Loading.waiver + "extra: 1\n", ["prod"]), ("waiver: [", ["prod", "dev", "lab"]),
            (Loading.waiver.replacing("tenant: prod", with: "tenant: prd"), ["prod", "dev", "lab"]),
            (Loading.waiver.replacing("tenant: prod, ", with: "") + "extra: 1\n", ["prod", "dev", "lab"]),
        ] as [(String, Set<String>)])
    func aFaultyWaiverIsKeptAsSuch(text: String, tenants: Set<String>) throws {
        let (workspace, found) = try Self.workspace(["waivers/w.yaml": text])
        #expect(workspace.waivers.isEmpty)
        #expect(workspace.malformedWaivers.map(\.tenants) == [tenants])
        let error = try #require(found.first)
        #expect(error.severity == .error && error.isOfWaiver)
        let place = try #require(error.span)
        #expect(workspace.malformedWaivers.map(\.fault) == ["\(place.line):\(place.column): \(error.message)"])
    }

    @Test func aRuleThatIsNotThereMakesNoWaiverFaulty() throws {
        let text = Loading.waiver.replacing("s3-bucket-versioning", with: "s3-bucket-versionning")
        let (workspace, found) = try Self.workspace(["waivers/w.yaml": text])
        #expect(workspace.waivers.map(\.rule) == ["s3-bucket-versionning"] && workspace.malformedWaivers.isEmpty)
        #expect(found.map(\.code) == ["waiver/unknown-rule"] && found.allSatisfy(\.isOfWaiver))
    }

    @Test func whatIsNoFileIsFaultyToo() throws {
        let tree = Loading.tree([:], links: ["waivers/link.yaml", "waivers/vendor"])
        let workspace = try Loading.load(tree).workspace
        #expect(workspace.malformedWaivers.map(\.path) == ["waivers/link.yaml", "waivers/vendor"])
        #expect(workspace.malformedWaivers.map(\.tenants) == [["prod"], ["prod"]])
    }

    @Test(arguments: [
        ("waivers/a.yaml", true), ("waivers", true), ("waivers.yaml", false), ("tenants/waivers/a", false),
    ])
    func otherFaultsAreNotOfWaivers(path: String, isOfWaiver: Bool) {
        #expect(Diagnostic(code: "x", message: "x", path: path).isOfWaiver == isOfWaiver)
    }

    @Test(arguments: [
        ("@alice", true, true), ("@a-b_c1", true, true), ("@acme/security", false, true), ("@", false, false),
        ("alice", false, false), ("@a/b/c", false, false), ("@a/", false, false), ("@a b", false, false),
        ("@\u{E9}", false, false), ("", false, false),
    ])
    func accountsAndTeams(text: String, isAccount: Bool, isApprover: Bool) {
        #expect(WaiverParser.isAccount(text) == isAccount)
        #expect(WaiverParser.isAccount(text, orTeam: true) == isApprover)
    }
}
