/// The one comment that a program keeps in a pull request.
public struct StickyComment: Sendable {
    /// What becomes of the comment that stands there when there is something new to say.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// It is changed in place: nobody is notified, and it stays where it is.
        case update
        /// It is hidden as outdated, and a new one is written at the end.
        case hide
        /// It is deleted, and a new one is written at the end.
        case recreate
    }

    public var marker: CommentMarker
    public var pullRequest: Int64
    /// The commit that the texts speak of: where the pull request has another head, nothing is written.
    public var head: String
    /// Markdown without the marker, ever shorter: the first that GitHub takes is written. Of the last, as much as fits.
    public var bodies: [String]
    public var mode: Mode

    public init(
        marker: CommentMarker, pullRequest: Int64, head: String, bodies: [String], mode: Mode = .update
    ) {
        self.marker = marker
        self.pullRequest = pullRequest
        self.head = head
        self.bodies = bodies
        self.mode = mode
    }

    /// What has happened.
    public struct Outcome: Sendable, Equatable {
        public enum Action: Sendable, Equatable {
            case created
            case updated
            /// The old comment is hidden or deleted, and a new one stands.
            case replaced
            /// It said the same already.
            case unchanged
            /// A dry run.
            case planned
            /// The pull request's head is another by now: nothing was written.
            case superseded
            /// The token may not write there, as in pull requests from forks.
            case notAllowed(GitHubError)
        }

        public var action: Action
        /// The comment as it stands, where there is one.
        public var comment: IssueComment?
        /// Which of the texts it holds.
        public var body: Int?
        /// Comments of our own that were too many, deleted.
        public var deleted: [Int64] = []
        /// What did not work and does not matter much, a sentence each.
        public var notes: [String] = []
    }

    /// The texts with their markers, and which each of them was: those that fit.
    var candidates: [(index: Int, text: String)] {
        let all = bodies.enumerated().map { (index: $0.offset, text: marker.mark($0.element)) }
        let fitting = all.filter { $0.text.utf16.count <= TextLimit.comment }
        if !fitting.isEmpty { return fitting }
        return all.suffix(1).map { ($0.index, TextLimit.cut($0.text, to: TextLimit.comment)) }
    }

    /// Brings the comment up to date.
    ///
    /// It is found by its marker and its author among all comments. A comment that may have been written although no
    /// answer came is looked for before another try. Where several stand, as after a race, the oldest stays.
    ///
    /// - Throws: ``GitHubError`` where it is not known whether the comment stands, or it does not.
    public func publish(with client: GitHubClient) async throws(GitHubError) -> Outcome {
        var publication = CommentPublication(self, client)
        do throws(GitHubError) {
            try await publication.run()
        } catch {
            switch error.code {
            case .superseded: publication.outcome.action = .superseded
            case .forbidden where error.status == 403, .notFound: publication.outcome.action = .notAllowed(error)
            default: throw error
            }
        }
        return publication.outcome
    }
}
