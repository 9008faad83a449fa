/// The result of a run on a commit, as GitHub shows it beside the pull request, with annotations in the files.
///
/// Made with an App's or a job's token alone: others use ``CommitStatus``.
public struct CheckRun: Sendable {
    public enum Conclusion: String, Sendable, Hashable, CaseIterable {
        case success, failure, neutral, cancelled, skipped
        case timedOut = "timed_out"
        case actionRequired = "action_required"
    }

    public var name: String
    /// The full id of the commit.
    public var head: String
    public var conclusion: Conclusion
    public var title: String
    /// Markdown; what is too long is cut.
    public var summary: String
    public var text: String?
    /// Shown in the order given.
    public var annotations: [CheckAnnotation]
    /// A page with details.
    public var detailsURL: String?
    /// Ours, for whoever reads the check by the API. Something random is appended, by which a check is found again.
    public var externalID: String

    public init(
        name: String, head: String, conclusion: Conclusion, title: String, summary: String, text: String? = nil,
        annotations: [CheckAnnotation] = [], detailsURL: String? = nil, externalID: String = "parapet"
    ) {
        self.name = name
        self.head = head
        self.conclusion = conclusion
        self.title = title
        self.summary = summary
        self.text = text
        self.annotations = annotations
        self.detailsURL = detailsURL
        self.externalID = externalID
    }

    /// What has happened.
    public enum Outcome: Sendable, Equatable {
        case created(id: Int64, url: String)
        case planned
        /// The token cannot make checks: a person's, or one that only reads.
        case notAllowed(GitHubError)
    }
}
