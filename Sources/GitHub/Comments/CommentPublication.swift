internal import Documents

/// One attempt to bring a sticky comment up to date.
struct CommentPublication {
    private let sticky: StickyComment
    private let client: GitHubClient
    /// As whom the comment is written.
    private var login = ""
    var outcome = StickyComment.Outcome(action: .unchanged)

    init(_ sticky: StickyComment, _ client: GitHubClient) {
        self.sticky = sticky
        self.client = client
    }

    mutating func run() async throws(GitHubError) {
        if client.plan != nil, client.credentials == nil {
            try await plan()
            return
        }
        login = try await client.ownLogin()
        let own = try await ownComments()
        guard let oldest = own.first else {
            try await create(as: .created)
            return
        }
        let text = sticky.candidates.first?.text ?? ""
        if own.count == 1, oldest.says(text) {
            outcome.comment = oldest
            outcome.body = sticky.candidates.first?.index
        } else if sticky.mode == .update {
            try await update(oldest)
            try await delete(own.dropFirst())
        } else {
            try await replace(own)
        }
    }

    /// Without credentials nobody knows what stands there: a new comment is planned.
    private mutating func plan() async throws(GitHubError) {
        guard let first = sticky.candidates.first else { return }
        _ = try await client.write(creation(first.text))
        outcome.action = .planned
        outcome.body = first.index
        outcome.notes.append("without a token it is not known whether the comment stands already")
    }

    // MARK: Reading

    private var commentsPath: String { "\(client.path)/issues/\(sticky.pullRequest)/comments" }

    private func path(of comment: IssueComment) -> String { "\(client.path)/issues/comments/\(comment.id)" }

    /// The comments with the marker that we wrote ourselves, the oldest first.
    private func ownComments() async throws(GitHubError) -> [IssueComment] {
        try await client.list(commentsPath, needs: .pullRequestsWrite)
            .compactMap(IssueComment.init)
            .filter { $0.author.lowercased() == login.lowercased() && sticky.marker.marks($0.body) }
            .sorted { $0.id < $1.id }
    }

    /// Throws `superseded` where the pull request has moved on.
    private var headCheck: GitHubClient.Precondition {
        let (client, number, head) = (client, sticky.pullRequest, sticky.head)
        return { () async throws(GitHubError) in
            let current = try await client.pullRequest(number).head
            guard current.hasSameBytes(as: head) else {
                throw GitHubError(.superseded, "the pull request's head is \(current.prefix(12)) by now")
            }
        }
    }

    // MARK: Writing

    /// Changes a comment in place, with the first text that GitHub takes.
    ///
    /// - Parameter first: the first of the texts to try.
    private mutating func update(_ comment: IssueComment, from first: Int = 0) async throws(GitHubError) {
        var comment = comment
        var refusal: GitHubError?
        for candidate in sticky.candidates where candidate.index >= first {
            outcome.comment = comment
            outcome.body = candidate.index
            if comment.says(candidate.text) { return }
            if refusal == nil { try await headCheck() }
            do throws(GitHubError) {
                let answer = try await client.write(
                    .update(path(of: comment), ["body": .string(candidate.text)], needs: .pullRequestsWrite),
                    unless: headCheck)
                outcome.action = answer == nil ? .planned : outcome.action == .unchanged ? .updated : outcome.action
                comment.body = candidate.text
                outcome.comment = comment
                return
            } catch {
                if error.code == .notFound, outcome.action == .unchanged {
                    // Deleted in the meantime, or not ours to change: creating says which.
                    try await create(as: .created)
                    return
                }
                guard error.code == .unprocessable else { throw error }
                refusal = error
            }
        }
        if let refusal { throw refusal }
    }

    /// Hides or deletes what stands, and writes anew.
    private mutating func replace(_ own: [IssueComment]) async throws(GitHubError) {
        try await headCheck()
        for comment in own {
            if sticky.mode == .recreate {
                try await delete([comment], isExtra: false)
            } else {
                do throws(GitHubError) {
                    try await client.minimize(comment.nodeID)
                } catch {
                    guard error.code == .forbidden || error.code == .notFound else { throw error }
                    outcome.notes.append("the old comment could not be hidden, so it was changed: \(error)")
                    try await update(comment)
                    return
                }
                _ = try await client.write(
                    .update(
                        path(of: comment), ["body": .string(sticky.marker.retire(comment.body))],
                        needs: .pullRequestsWrite))
            }
        }
        try await create(as: .replaced)
    }

    private mutating func create(as action: StickyComment.Outcome.Action) async throws(GitHubError) {
        try await headCheck()
        var refusal: GitHubError?
        for candidate in sticky.candidates {
            do throws(GitHubError) {
                outcome.body = candidate.index
                guard let comment = try await create(candidate.text) else {
                    outcome.action = .planned
                    return
                }
                outcome.action = action
                try await settle(comment)
                return
            } catch {
                guard error.code == .unprocessable, outcome.action != action else { throw error }
                refusal = error
            }
        }
        if let refusal { throw refusal }
    }

    private func creation(_ text: String) -> APIRequest {
        .create(commentsPath, ["body": .string(text)], needs: .pullRequestsWrite)
    }

    /// Writes a comment, once: where it is not known whether it was, it is looked for. Nil in a dry run.
    private func create(_ text: String) async throws(GitHubError) -> IssueComment? {
        let request = creation(text)
        let creation = Creation(client: client, request: request, unless: headCheck)
        return try await creation.run { json in
            IssueComment(json)
        } find: { () async throws(GitHubError) in
            try await ownComments().first
        }
    }

    /// After a race: one comment stays, the oldest, and it says what it should.
    private mutating func settle(_ created: IssueComment) async throws(GitHubError) {
        // GitHub knows better than we do as whom we write.
        if !created.author.isEmpty { login = created.author }
        var own = try await ownComments()
        if !own.contains(where: { $0.id == created.id }) { own.append(created) }
        own.sort { $0.id < $1.id }
        while let kept = own.first {
            do throws(GitHubError) {
                try await update(kept, from: outcome.body ?? 0)
                break
            } catch {
                // Deleted in the meantime.
                guard error.code == .notFound else { throw error }
                own.removeFirst()
            }
        }
        try await delete(own.dropFirst())
    }

    /// Deletes comments of our own; those that are gone already are as good as deleted.
    private mutating func delete(
        _ comments: some Sequence<IssueComment>, isExtra: Bool = true
    ) async throws(GitHubError) {
        for comment in comments {
            do throws(GitHubError) {
                guard try await client.write(.delete(path(of: comment), needs: .pullRequestsWrite)) != nil else {
                    continue
                }
                if isExtra { outcome.deleted.append(comment.id) }
            } catch {
                switch error.code {
                case .notFound: continue
                case .forbidden where isExtra:
                    outcome.notes.append("comment \(comment.id) is one too many and could not be deleted: \(error)")
                default: throw error
                }
            }
        }
    }
}
