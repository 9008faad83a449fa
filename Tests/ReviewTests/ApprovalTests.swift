import Testing

@testable import Review

/// Whose word makes a waiver count before it is merged.
@Suite struct ApprovalTests {
    private static func known(
        author: String? = "carol", _ approved: Set<String> = ["alice"], teams: [String: Set<String>] = [:]
    ) -> Approvals {
        .known(PullRequestApprovals(author: author, approvedHead: approved, teams: teams))
    }

    @Test(arguments: [
        ("@alice", ["@alice"], known()), ("@Alice", ["@aLICE"], known(["ALICE"])),
        ("@alice", ["@acme/security"], known(teams: ["acme/security": ["alice"]])),
        (
            "@alice", ["@acme/security"],
            known(teams: ["acme/security": [], "Acme/security": ["bob"], "ACME/security": ["alice"]])
        ),
        ("@alice", ["@acme/other", "@Acme/Security"], known(teams: ["acme/other": [], "acme/security": ["Alice"]])),
        ("@alice", ["@acme/unread", "@alice"], known()),
    ])
    func anApproverHasApproved(account: String, approvers: [String], approvals: Approvals) {
        #expect(approvals.standing(of: account, among: approvers) == .approved)
    }

    @Test(
        arguments: [
            ("@alice", [], known(), "`waivers.approvers` of the base names nobody who may approve it"),
            ("@alice", ["@alice"], .unavailable("no token"), "nobody could be asked: no token"),
            ("@alice", ["@alice"], known(author: nil), "nobody knows who the author is"),
            ("@alice", ["@alice"], known(author: "Alice"), "@alice is the author of the change"),
            ("@alice", ["@alice"], known([]), "@alice has not approved the head commit"),
            ("@alice", ["@alice"], known(["bob"]), "@alice has not approved the head commit"),
            ("@mallory", ["@alice"], known(["mallory"]), "@mallory is none of the base's `waivers.approvers`"),
            (
                "@mallory", ["@acme/security"], known(["mallory"], teams: ["acme/security": ["alice"]]),
                "@mallory is none of the base's `waivers.approvers`"
            ),
            (
                "@alice", ["@acme/security"], known(),
                "whether @alice belongs to @acme/security could not be read"
            ),
            // A team's name is no login, and a login no team.
            (
                "@security", ["@acme/security"], known(["security"], teams: ["acme/security": []]),
                "@security is none of the base's `waivers.approvers`"
            ),
        ] as [(String, [String], Approvals, String)])
    func otherwiseItWaits(account: String, approvers: [String], approvals: Approvals, reason: String) {
        #expect(approvals.standing(of: account, among: approvers) == .waiting(reason))
    }
}
