import Documents
import Git
import Posture
import Resources
import Rules
import TestSupport
import Testing
import Workspace

@testable import Review

/// What a review takes from a recorded scan is what judging everything would give.
@Suite struct IncrementalReviewTests {
    private static let approvals = Approvals.known(
        PullRequestApprovals(author: "carol", approvedHead: ["alice", "bob"]))

    @Test(arguments: 0..<60) func equalsJudgingEverything(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let stage = try Stage()
        var policy = MadeUpPolicy(&random)
        let snapshot = MadeUpPolicy.snapshot(&random)
        let recorded = try stage.commit(policy.files)
        try stage.scan(recorded, snapshot)
        for _ in 0..<Int.random(in: 0...2, using: &random) { policy.mutate(&random) }
        let base = try stage.commit(policy.files)
        for _ in 0..<Int.random(in: 1...3, using: &random) { policy.mutate(&random) }
        policy = policy.withoutFaults
        let head = try stage.commit(policy.files)

        let incremental = try stage.review(base, head, approvals: Self.approvals)
        // Another version's numbers are not used.
        let full = try stage.review(base, head, approvals: Self.approvals, version: "0")
        #expect(Self.text(incremental) == Self.text(full))
        #expect(incremental.waivers.allSatisfy { [.approved, Self.notListed].contains($0.standing) })
        try expect(stage.compared(incremental), equals: snapshot, base, head, on: stage)
    }

    private static let notListed = ReviewedWaiver.Standing.waiting("@bob is none of the base's `waivers.approvers`")

    private static func text(_ review: Review) -> String {
        ReviewJSON.render(review, ReviewVerdict(review, by: ReviewGate(Settings.Gate()))).text(.indented)
    }

    /// Compares with postures of the whole snapshot.
    private func expect(
        _ change: TenantChange, equals snapshot: Resources.Snapshot, _ base: ObjectID, _ head: ObjectID, on stage: Stage
    ) throws {
        let before = try stage.workspace(at: base)
        var after = try stage.workspace(at: head)
        after.settings = before.settings
        let known = before.waivers.map(\.content)
        after.waivers.removeAll { $0.approvedBy != "@alice" && !known.contains($0.content) }
        let postures = try [before, after].map { workspace in
            let tenant = try #require(workspace.tenants.first)
            return workspace.policy(for: tenant, at: Stage.noon).judge(snapshot, try Stage.catalog.get()).posture
        }
        #expect([change.scoreBefore, change.scoreAfter] == postures.map(\.score.value))
        #expect([change.unknownBefore, change.unknownAfter] == postures.map(\.unknownCount))
        for severity in Severity.allCases {
            #expect(change.openAfter[severity] ?? 0 == postures[1].count(severity), "\(severity)")
        }
        let open = postures.map { Set($0.findings.map(\.id)) }
        let waived = postures.map { Set($0.waived.map(\.id)) }
        func ids(_ findings: [Finding]) -> Set<String> { Set(findings.map(\.id)) }
        #expect(ids(change.opened) == open[1].subtracting(open[0]).subtracting(waived[0]))
        #expect(ids(change.lapsed) == open[1].intersection(waived[0]))
        #expect(ids(change.waived) == waived[1].subtracting(waived[0]))
        let unknown = postures.map { Set($0.unknownChecks.map(\.id)) }
        #expect(Set(change.unknown.map(\.id)) == unknown[1].subtracting(unknown[0]))
        #expect(
            ids(change.resolved + change.withdrawn)
                == open[0].subtracting(open[1]).subtracting(waived[1]).subtracting(unknown[1]))
        let shares = postures.map { posture in
            Dictionary(posture.compliance.map { ($0.framework.id, $0.percentage) }) { first, _ in first }
        }
        for framework in change.frameworks {
            #expect(framework.percentageBefore == shares[0][framework.id] ?? nil)
            #expect(framework.percentageAfter == shares[1][framework.id] ?? nil)
        }
    }

    /// Of what does not differ nothing is read, be it broken or gone.
    @Test func whatDoesNotDifferIsNotRead() throws {
        let stage = try Stage()
        let other = """
            rule: networks
            title: Networks
            severity: high
            resource: AWS::EC2::VPC
            pass_when: {IsDefault: false}
            tests:
              - {expect: pass, given: {IsDefault: false}}
              - {expect: fail, given: {IsDefault: true}}

            """
        let base = try stage.commit(Stage.files(["policies/networks.yaml": other]))
        let network = Resources.Resource(
            type: "AWS::EC2::VPC", id: "vpc-1", arn: "", account: "123456789012", region: "eu-west-1",
            config: ["VpcId": "vpc-1", "IsDefault": true])
        try stage.scan(
            base,
            Stage.snapshot([Stage.bucket("a", "Suspended"), network], types: ["AWS::S3::Bucket", "AWS::EC2::VPC"]))
        let head = try stage.commit(
            Stage.files(["policies/networks.yaml": other, "policies/versions.yaml": Stage.rule(severity: "low")]))
        try stage.spoil("prod/eu-west-1/AWS%3A%3AEC2%3A%3AVPC/vpc-1.json")
        let change = try stage.compared(stage.review(base, head))
        #expect(change.changed.map(\.after.severity) == [.low])
        #expect(change.openAfter == [.low: 1, .high: 1])
        guard case .unreadable(let reason) = try stage.review(base, head, version: "0").tenants.first?.state else {
            Issue.record("the whole snapshot was not read")
            return
        }
        #expect(reason.contains("vpc-1.json"))
    }
}

extension MadeUpPolicy {
    /// A head with faults is not compared.
    fileprivate var withoutFaults: MadeUpPolicy {
        var policy = self
        policy.mend()
        return policy
    }
}
