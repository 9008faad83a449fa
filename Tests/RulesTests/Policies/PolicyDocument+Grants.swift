import Documents

@testable import Rules

extension PolicyDocument {
    /// Whether the policy grants what is asked for, and which condition keys could not be judged; other reasons stand
    /// among them as they are. Knows of no trust: `PolicySet` does.
    func grants(_ query: GrantQuery) -> (truth: Truth, unjudged: [String]) {
        let answer = PolicySet(self).judge(query)
        let unjudged = answer.reasons.map { reason in
            let parts = reason.split(separator: "`", omittingEmptySubsequences: false)
            return parts.count == 3 && parts[0] == "the condition key " && parts[2] == " is in no table"
                ? String(parts[1]) : reason
        }
        return (answer.truth, unjudged)
    }

    /// Whether the policy certainly grants everything on everything.
    var grantsAdministration: Bool { PolicySet(self).judgeAdministration().truth == .true }
}
