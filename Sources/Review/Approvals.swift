/// Who approved the head of a pull request, as a service told it: data, so that reviews ask nobody themselves.
public enum Approvals: Sendable {
    /// Nobody could be asked, for the reason given.
    case unavailable(String)
    case known(PullRequestApprovals)
}

/// What is known of the people of a pull request. Logins are compared without regard to case, as GitHub does.
public struct PullRequestApprovals: Sendable {
    /// Who opened it; nil where nobody knows: then nobody else can be told from the author.
    public var author: String?
    /// Those whose last word on the head commit itself is an approval.
    public var approvedHead: Set<String>
    /// The members of teams, by `acme/security`; a team that is not here could not be read.
    public var teams: [String: Set<String>]

    public init(author: String?, approvedHead: Set<String>, teams: [String: Set<String>] = [:]) {
        self.author = author
        self.approvedHead = approvedHead
        self.teams = teams
    }
}

extension Approvals {
    /// Whether a waiver counts before it is merged.
    ///
    /// - Parameters:
    ///   - account: who approved it, by its own words: `@alice`.
    ///   - approvers: the base's: `@alice`, `@acme/security`.
    func standing(of account: String, among approvers: [String]) -> ReviewedWaiver.Standing {
        guard !approvers.isEmpty else {
            return .waiting("`waivers.approvers` of the base names nobody who may approve it")
        }
        let pullRequest: PullRequestApprovals
        switch self {
        case .unavailable(let reason): return .waiting("nobody could be asked: \(reason)")
        case .known(let known): pullRequest = known
        }
        guard let author = pullRequest.author else { return .waiting("nobody knows who the author is") }
        let login = Self.folded(account)
        if login == Self.folded(author) { return .waiting("\(account) is the author of the change") }
        if let fault = fault(of: login, account, among: approvers, pullRequest) { return .waiting(fault) }
        guard pullRequest.approvedHead.contains(where: { Self.folded($0) == login }) else {
            return .waiting("\(account) has not approved the head commit")
        }
        return .approved
    }

    /// Why somebody is none of the approvers; nil for one of them.
    private func fault(
        of login: String, _ account: String, among approvers: [String], _ pullRequest: PullRequestApprovals
    ) -> String? {
        let teams = Dictionary(pullRequest.teams.map { (Self.folded($0.key), $0.value) }) { $0.union($1) }
        var unread: [String] = []
        for approver in approvers {
            let name = Self.folded(approver)
            guard name.utf8.contains(UInt8(ascii: "/")) else {
                if name == login { return nil }
                continue
            }
            guard let members = teams[name] else {
                unread.append(approver)
                continue
            }
            if members.contains(where: { Self.folded($0) == login }) { return nil }
        }
        guard unread.isEmpty else {
            return "whether \(account) belongs to \(unread.joined(separator: ", ")) could not be read"
        }
        return "\(account) is none of the base's `waivers.approvers`"
    }

    /// `@Alice` → `alice`. Logins are ASCII.
    private static func folded(_ name: String) -> String {
        var bytes = Array(name.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes.removeFirst() }
        return String(
            decoding: bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
