import Documents
import Foundation
import Git
import Posture
import Rules
import Testing
import Workspace

@testable import Review

/// What a review says of changes, one by one.
@Suite struct ReviewerTests {
    private static let resources = [
        Stage.bucket("a", "Enabled"), Stage.bucket("b", "Suspended", tags: ["team": "blue"]), Stage.bucket("c", nil),
    ]
    private static let alice = Approvals.known(PullRequestApprovals(author: "carol", approvedHead: ["alice"]))

    private static func ids(_ findings: [Finding]) -> [String] { findings.map(\.resource.id) }

    @Test func aRuleThatAsksForSomethingElse() throws {
        let change = try Stage().change(
            Stage.files(),
            Stage.files(["policies/versions.yaml": Stage.rule(condition: "{Versioning.Status: Suspended}")]),
            Self.resources)
        #expect(Self.ids(change.opened) == ["a"] && Self.ids(change.resolved) == ["b"])
        #expect(change.unknown.isEmpty && [change.unknownBefore, change.unknownAfter] == [1, 1])
        #expect([change.scoreBefore, change.scoreAfter] == [33, 33] && change.openAfter == [.high: 1])
        #expect(change.frameworks.isEmpty && !change.isStale && change.collectedAt == Stage.noon)
    }

    @Test func aRuleThatIsGoneResolvesNothing() throws {
        let stage = try Stage()
        let disabled = Stage.tenant(more: "rules: {versions: {disabled: {reason: x, expires: 2027-03-01}}}")
        let change = try stage.change(Stage.files(), Stage.files(["tenants/prod.yaml": disabled]), Self.resources)
        #expect(change.resolved.isEmpty && Self.ids(change.withdrawn) == ["b"])
        #expect(change.scoreAfter == 100 && change.openAfter.isEmpty && change.unknownAfter == 0)
        let framework = try #require(change.frameworks.first)
        #expect(framework.controls.map(\.id) == ["A-1"] && framework.controls.map(\.after) == [.notCovered])
        #expect([framework.percentageBefore, framework.percentageAfter] == [0, nil])
    }

    /// Of a type that a rule judges no longer, nobody knows whether it is in order.
    @Test func aRuleThatLooksElsewhereResolvesNothing() throws {
        let elsewhere =
            Stage.rule(condition: "{UserName: ann}", resource: "AWS::IAM::User")
            .split(separator: "\n").filter { !$0.contains("given") }.joined(separator: "\n")
            + "\n  - {expect: pass, given: {UserName: ann}}\n  - {expect: fail, given: {UserName: bob}}\n"
        let change = try Stage().change(
            Stage.files(), Stage.files(["policies/versions.yaml": elsewhere]), Self.resources)
        #expect(change.resolved.isEmpty && Self.ids(change.withdrawn) == ["b"])
        #expect(change.unknown.map(\.resource.id) == ["*"])
    }

    @Test(arguments: [("critical", true), ("low", false)])
    func anotherSeverity(severity: String, isWorse: Bool) throws {
        let change = try Stage().change(
            Stage.files(), Stage.files(["policies/versions.yaml": Stage.rule(severity: severity)]), Self.resources)
        #expect(change.changed.map(\.isWorse) == [isWorse] && change.changed.map(\.before.severity) == [.high])
        #expect(change.opened.isEmpty && change.resolved.isEmpty)
    }

    @Test func aParameterOfTheTenant() throws {
        let rule = Stage.rule(condition: "{Versioning.Status: {eq: {param: wanted}}}")
            .replacingOccurrences(
                of: "pass_when", with: "params: {wanted: {type: string, default: Enabled}}\npass_when")
        let other = Stage.tenant(more: "rules: {versions: {params: {wanted: Suspended}}}")
        let base = Stage.files(["policies/versions.yaml": rule])
        let change = try Stage().change(base, base.merging(["tenants/prod.yaml": other]) { $1 }, Self.resources)
        #expect(Self.ids(change.opened) == ["a"] && Self.ids(change.resolved) == ["b"])
    }

    @Test func otherEvidence() throws {
        let wider = Stage.rule(condition: "{any: [{Versioning.Status: Enabled}, {Name: other}]}")
        let change = try Stage().change(
            Stage.files(), Stage.files(["policies/versions.yaml": wider]), Self.resources)
        #expect(change.opened.isEmpty && Self.ids(change.changed.map(\.after)) == ["b"])
        #expect(change.changed.allSatisfy { $0.hasOtherEvidence && !$0.hasOtherSeverity && $0.isWorse })
    }

    /// A rule that comes and is switched off at once changes what is said of an old waiver.
    @Test func aWaiverWhoseRuleComes() throws {
        let waiver = ["waivers/w.yaml": Stage.waiver("w", rule: "later", match: "{id: b}")]
        let disabled = Stage.tenant(more: "rules: {later: {disabled: {reason: x, expires: 2027-03-01}}}")
        let head = ["policies/later.yaml": Stage.rule("later"), "tenants/prod.yaml": disabled]
        let change = try Stage().change(
            Stage.files(waiver), Stage.files(waiver.merging(head) { $1 }), Self.resources)
        #expect(change.resolved.map(\.rule) == ["parapet-waiver-unknown-rule"])
        #expect(change.opened.map(\.rule) == ["parapet-waiver-unused"])
        #expect(change.openAfter == [.high: 1, .low: 1])
    }

    @Test func anApprovedWaiverWaives() throws {
        let waived = Stage.files(["waivers/b.yaml": Stage.waiver("b", match: "{id: b}")])
        let change = try Stage().change(Stage.files(), waived, Self.resources, approvals: Self.alice)
        #expect(Self.ids(change.waived) == ["b"] && change.waived.first?.waiver?.name == "b")
        #expect(change.openAfter.isEmpty && change.scoreAfter == 50 && change.resolved.isEmpty)
        #expect(change.frameworks.flatMap(\.controls).map(\.after) == [.unknown])
    }

    @Test func aWaiverThatWaitsWaivesNothing() throws {
        let stage = try Stage()
        let waived = Stage.files(["waivers/b.yaml": Stage.waiver("b", match: "{id: b}")])
        let change = try stage.change(Stage.files(), waived, Self.resources)
        #expect(change.waived.isEmpty && change.openAfter == [.high: 1] && change.scoreAfter == change.scoreBefore)
        let review = try stage.review(stage.commit(Stage.files()), stage.commit(waived))
        #expect(review.waivers.map(\.standing) == [.waiting("nobody could be asked: no pull request")])
        #expect(review.waivers.map(\.isNew) == [true])
    }

    @Test func aWaiverThatIsTakenAwayLetsItsFindingsLapse() throws {
        let waived = Stage.files(["waivers/b.yaml": Stage.waiver("b", match: "{id: b}")])
        let change = try Stage().change(waived, Stage.files(), Self.resources)
        #expect(Self.ids(change.lapsed) == ["b"] && change.opened.isEmpty && change.openAfter == [.high: 1])
    }

    /// Another day in an old waiver is a new decision.
    @Test(arguments: [
        Stage.waiver("b", match: "{id: b}", expires: "2027-03-01"),
        Stage.waiver("b", match: "{arn: \"arn:aws:s3:::*\"}"),
        Stage.waiver("b", match: "{id: b}", by: "@mallory"),
    ])
    func aWaiverThatIsChangedNeedsAnApproval(waiver: String) throws {
        let stage = try Stage()
        let base = Stage.files(["waivers/b.yaml": Stage.waiver("b", match: "{id: b}")])
        let head = Stage.files(["waivers/b.yaml": waiver])
        let change = try stage.change(base, head, Self.resources)
        #expect(Self.ids(change.lapsed) == ["b"] && change.openAfter == [.high: 1])
        let review = try stage.review(stage.commit(base), stage.commit(head))
        #expect(review.waivers.map(\.isNew) == [false])
    }

    @Test func aWaiverInAnotherFileIsTheSame() throws {
        let stage = try Stage()
        let waiver = Stage.waiver("b", match: "{id: b}")
        let (base, head) = (Stage.files(["waivers/b.yaml": waiver]), Stage.files(["waivers/deep/c.yaml": waiver]))
        let change = try stage.change(base, head, Self.resources)
        #expect(change.lapsed.isEmpty && change.opened.isEmpty && change.openAfter.isEmpty)
        #expect(try stage.review(stage.commit(base), stage.commit(head)).waivers.isEmpty)
    }

    /// A label that brings a tenant within reach of an old waiver needs an approval as well.
    @Test func labelsDoNotStretchAWaiver() throws {
        let stage = try Stage()
        let more = [
            "waivers/b.yaml": Stage.waiver("b", match: "{labels: {stage: test}}"),
            "tenants/test.yaml": Stage.tenant("test", account: "222222222222", more: "labels: {stage: test}"),
        ]
        let base = Stage.files(more)
        let head = Stage.files(more.merging(["tenants/prod.yaml": Stage.tenant(more: "labels: {stage: test}")]) { $1 })
        let change = try stage.change(base, head, Self.resources)
        #expect(change.waived.isEmpty && change.openAfter == [.high: 1])
        let review = try stage.review(stage.commit(base), stage.commit(head), approvals: Self.alice)
        #expect(review.waivers.map(\.standing) == [.approved])
        #expect(try Self.ids(stage.compared(review).waived) == ["b"])
    }

    /// The base's limits hold, and so do its approvers.
    @Test func gatesOfTheHeadDoNotCount() throws {
        let stage = try Stage()
        let strict = "version: 1\nwaivers: {approvers: [\"@alice\"], max_days: 30}\ngate: {fail_on: low}\n"
        let loose = "version: 1\nwaivers: {approvers: [\"@bob\"]}\ngate: {fail_on: never, max_unknown: 99}\n"
        let waiver = Stage.waiver("b", match: "{id: b}", expires: "2027-02-28")
        let base = Stage.files(["parapet.yaml": strict])
        let head = Stage.files(["parapet.yaml": loose, "waivers/b.yaml": waiver])
        let change = try stage.change(base, head, Self.resources, approvals: Self.alice)
        #expect(change.waived.isEmpty && change.opened.map(\.rule) == ["parapet-waiver-too-long"])
        let reviewer = try stage.reviewer(stage.commit(base))
        let review = try reviewer.review(stage.commit(head), approvals: Self.alice, at: Stage.noon)
        #expect(reviewer.settings.gate.failOn == .low)
        #expect(
            review.gateChanges == [
                .init(key: "gate.fail_on", base: "low", head: "never"),
                .init(key: "gate.max_unknown", base: nil, head: "99"),
                .init(key: "waivers.approvers", base: "[\"@alice\"]", head: "[\"@bob\"]"),
                .init(key: "waivers.max_days", base: "30", head: nil),
            ])
        let verdict = ReviewVerdict(review, by: ReviewGate(reviewer.settings.gate))
        #expect(verdict.conclusion == .findings)
    }

    @Test func anErrorInTheHeadStopsTheComparison() throws {
        let stage = try Stage()
        let base = try stage.commit(Stage.files())
        try stage.scan(base, Stage.snapshot(Self.resources))
        let review = try stage.review(
            base, stage.commit(Stage.files(["parapet.yaml": "version: 1\ngate: {fail_on: hihg}\n"])))
        #expect(review.diagnostics.map(\.code) == ["settings/value"] && review.tenants.isEmpty)
        #expect(review.gateChanges.map(\.key) == ["gate.fail_on", "waivers.approvers"])
        #expect(ReviewVerdict(review, by: ReviewGate(Settings.Gate())).conclusion == .configuration)
    }

    @Test func anErrorInTheBaseIsAFault() throws {
        let stage = try Stage()
        let base = try stage.commit(Stage.files(["parapet.yaml": "version: 2\n"]))
        let fault = #expect(throws: Reviewer.Fault.self) { try stage.reviewer(base) }
        #expect(fault?.diagnostics.map(\.code) == ["settings/version"])
    }

    /// A broken waiver waives nothing, and keeps nobody from mending it.
    @Test func aBrokenWaiverInTheBaseIsNone() throws {
        let stage = try Stage()
        let change = try stage.change(
            Stage.files(["waivers/b.yaml": "waiver: B\n"]), Stage.files(), Self.resources)
        #expect(change.resolved.map(\.rule) == ["parapet-waiver-malformed"] && change.openAfter == [.high: 1])
    }

    @Test func tenantsComeAndGo() throws {
        let stage = try Stage()
        let base = try stage.commit(
            Stage.files(["tenants/idle.yaml": Stage.tenant("idle", account: "333333333333")]))
        try stage.scan(base, Stage.snapshot(Self.resources))
        var files = Stage.files([
            "tenants/idle.yaml": Stage.tenant("idle", account: "333333333333"),
            "tenants/new.yaml": Stage.tenant("new", account: "222222222222"),
        ])
        #expect(
            try Self.states(stage.review(base, stage.commit(files))) == ["idle never", "new never", "prod compared"])
        files["tenants/prod.yaml"] = nil
        #expect(
            try Self.states(stage.review(base, stage.commit(files))) == ["idle never", "new never", "prod removed"])
        // Another account is not the one that was scanned.
        files["tenants/prod.yaml"] = Stage.tenant(account: "444444444444")
        #expect(try Self.states(stage.review(base, stage.commit(files))) == ["idle never", "new never", "prod never"])
    }

    private static func states(_ review: Review) -> [String] {
        review.tenants.map { tenant in
            switch tenant.state {
            case .compared: "\(tenant.name) compared"
            case .neverScanned: "\(tenant.name) never"
            case .removed: "\(tenant.name) removed"
            case .unreadable(let reason): "\(tenant.name) unreadable: \(reason)"
            }
        }
    }

    /// Branches that were not fetched are no reason to say that all is well.
    @Test func withoutAJournalNothingIsKnown() throws {
        let stage = try Stage()
        let commit = try stage.commit(Stage.files())
        let review = try stage.review(commit, commit)
        #expect(Self.states(review).first?.contains("there is no branch `parapet/journal` here") == true)
        #expect(ReviewVerdict(review, by: ReviewGate(Settings.Gate())).conclusion == .incomplete)
    }

    @Test(arguments: [(35, false), (37, true)]) func oldSnapshotsAreStale(hours: Int64, isStale: Bool) throws {
        let stage = try Stage()
        let aged = "version: 1\ngate: {max_snapshot_age: 36h}\n"
        let base = try stage.commit(Stage.files(["parapet.yaml": aged]))
        try stage.scan(base, Stage.snapshot(Self.resources))
        // The head's own limit is none.
        let head = try stage.commit(Stage.files())
        let now = Timestamp(seconds: Stage.noon.seconds + hours * 3_600)
        let review = try stage.review(base, head, at: now)
        #expect(try stage.compared(review).isStale == isStale)
        #expect(ReviewVerdict(review, by: ReviewGate(Settings.Gate())).conclusion == (isStale ? .incomplete : .passed))
    }

    @Test func testsOfChangedRulesRun() throws {
        let stage = try Stage()
        let fragment = "fragment: named\nresource: AWS::S3::Bucket\nwhen: {Name: b}\n"
        let files = Stage.files([
            "policies/other.yaml": Stage.rule("other", condition: "{use: named}"),
            "policies/fragments/named.yaml": fragment,
        ])
        let base = try stage.commit(files)
        #expect(try stage.review(base, base).tests.passed == 0)
        // A fragment changes what a rule says.
        let head = try stage.commit(
            files.merging([
                "policies/fragments/named.yaml": fragment.replacingOccurrences(of: "Name: b", with: "Name: c")
            ]) {
                $1
            })
        let tests = try stage.review(base, head).tests
        #expect(tests.passed == 1 && tests.failures.map(\.rule) == ["other"])
        #expect(tests.failures.map(\.fault) == ["expected pass, got fail"])
        #expect(tests.failures.map(\.path) == ["policies/other.yaml"] && tests.failures.map(\.line) == [7])
    }

    /// A table changes what a rule says, too.
    @Test func testsOfRulesWithAChangedTableRun() throws {
        let stage = try Stage()
        func files(good: Bool) -> [String: String] {
            let table = """
                table: names
                key: name
                columns: {name: text, good: boolean}
                source: the teams
                updated: 2026-11-01
                rows:
                  - {name: b, good: \(good)}
                  - {name: c, good: false}

                """
            let rule = Stage.rule("other", condition: "{Name: {lookup: {table: names, column: good, eq: true}}}")
                .replacing("Name: b, Versioning: {Status: Suspended", with: "Name: c, Versioning: {Status: Suspended")
            return Stage.files(["policies/tables/names.yaml": table, "policies/other.yaml": rule])
        }
        let base = try stage.commit(files(good: true))
        let head = try stage.commit(files(good: false))
        #expect(try stage.review(base, base).tests.failures.isEmpty)
        #expect(try stage.review(base, head).tests.failures.map(\.rule) == ["other"])
    }

    @Test func placesAreThoseOfWhatTheHeadChanges() throws {
        let stage = try Stage()
        let base = try stage.commit(Stage.files())
        let head = try stage.commit(
            Stage.files([
                "policies/other.yaml": "# ours\n" + Stage.rule("other"),
                "tenants/new.yaml": Stage.tenant("new", account: "222222222222"),
            ]))
        let places = try stage.review(base, head).places
        #expect(places.rules == ["other": .init(path: "policies/other.yaml", line: 2)])
        #expect(places.tenants == ["new": .init(path: "tenants/new.yaml", line: 1)])
    }
}
