internal import Documents
public import GitHub
public import Review

/// A review beside the commit that it is of: as a check run, as a commit status, or as lines for a workflow's runner.
public struct ReviewChecks: Sendable {
    let review: Review
    let verdict: ReviewVerdict
    let markdown: ReviewMarkdown
    /// The tenants that were asked for; empty: all.
    let selection: [String]
    let remarks: [ReviewRemark]

    public static let name = "parapet"
    /// More remarks than these are counted only: GitHub takes 50 in a request.
    static let mostAnnotations = 100
    /// GitHub takes 65,535 bytes.
    static let longestSummary = 65_000

    public init(_ review: Review, verdict: ReviewVerdict, markdown: ReviewMarkdown, selection: [String] = []) {
        self.review = review
        self.verdict = verdict
        self.markdown = markdown
        self.selection = selection
        remarks = ReviewRemark.all(of: review)
    }

    /// `neutral` where there was nothing to compare; `action_required` where somebody has to scan first. Both of `failure` and
    /// `action_required` stop a merge where the check is required.
    public var conclusion: CheckRun.Conclusion {
        switch verdict.conclusion {
        case .passed: review.tenants.isEmpty ? .neutral : .success
        case .findings, .configuration: .failure
        case .incomplete: .actionRequired
        }
    }

    /// - Parameter detailsURL: the page of the job.
    public func checkRun(detailsURL: String?) -> CheckRun {
        let annotations = remarks.compactMap(\.annotation)
        let left = annotations.count - Self.mostAnnotations
        return CheckRun(
            name: context, head: review.head, conclusion: conclusion, title: markdown.title,
            summary: markdown.longest(within: Self.longestSummary),
            text: left > 0 ? "\(left) more remarks on lines are not shown." : nil,
            annotations: Array(annotations.prefix(Self.mostAnnotations)), detailsURL: detailsURL)
    }

    /// What is left where no check run can be made.
    public func status(targetURL: String?) -> CommitStatus {
        let text = ([markdown.title] + verdict.reasons.prefix(1)).joined(separator: ": ")
        return CommitStatus(
            head: review.head, context: context,
            state: conclusion == .success || conclusion == .neutral ? .success : .failure,
            text: text, targetURL: targetURL)
    }

    /// `parapet`, or `parapet/prod` where tenants were asked for.
    var context: String {
        guard !selection.isEmpty else { return Self.name }
        let context = "\(Self.name)/\(Set(selection).sorted { $0.precedesByBytes($1) }.joined(separator: "+"))"
        return context.utf8.count <= 100 ? context : "\(Self.name)/\(SHA256.hexDigest(context.utf8).prefix(16))"
    }

    /// Lines for a workflow's runner: at most ten of a level. The verdict is among them where it fails.
    public var commandLines: [String] {
        var commands: [WorkflowCommand] = []
        if conclusion != .success, conclusion != .neutral {
            let text = verdict.reasons.isEmpty ? markdown.title : verdict.reasons.prefix(10).joined(separator: "\n")
            commands.append(WorkflowCommand(.error, text, title: "Parapet: \(markdown.title)"))
        }
        return WorkflowCommand.lines(commands + remarks.map(\.command))
    }
}
