internal import Documents

extension GitHubClient {
    /// The logins, in lower case, whose last word on a pull request is the approval of its commit `head`. Comments are no
    /// word, and neither is a review of another commit; what was dismissed is none either.
    public func approvals(of number: Int64, head: String) async throws(GitHubError) -> Set<String> {
        Approvals(reviews: try await list("\(path)/pulls/\(number)/reviews", needs: .pullRequestsRead), head: head)
            .logins
    }
}

/// Decides by reviews, the oldest first.
struct Approvals: Sendable, Equatable {
    private(set) var logins: Set<String> = []

    init(reviews: [JSON], head: String) {
        // GitHub sends them in order; what says otherwise is put right.
        let ordered = reviews.enumerated().sorted { a, b in
            let (first, second) = (Self.moment(a.element), Self.moment(b.element))
            return first == second ? a.offset < b.offset : first < second
        }
        for (_, review) in ordered {
            guard let login = review["user"]?["login"]?.string?.lowercased(), let state = review["state"]?.string else {
                continue
            }
            switch state {
            case "APPROVED" where review["commit_id"]?.string?.hasSameBytes(as: head) == true: logins.insert(login)
            case "APPROVED", "CHANGES_REQUESTED", "DISMISSED": logins.remove(login)
            default: continue
            }
        }
    }

    private static func moment(_ review: JSON) -> Int64 {
        review["submitted_at"]?.string.flatMap { Timestamp($0) }?.microseconds ?? .max
    }
}
