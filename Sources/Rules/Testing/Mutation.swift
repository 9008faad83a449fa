public import Documents

/// What a mutant does otherwise, and where.
public struct MutationChange: Sendable, Equatable {
    public var span: Span
    /// Such as "`gte` became `gt`"; what stands in the file stands in backticks.
    public var description: String
    /// A test that would notice: "a test in which `Size` is 14".
    public var hint: String

    init(at span: Span, _ description: String, hint: String) {
        self.span = span
        self.description = description
        self.hint = hint
    }
}

/// A rule, or a part of one, after one change.
struct Mutation<Subject: Sendable>: Sendable {
    var subject: Subject
    var change: MutationChange

    init(_ subject: Subject, _ change: MutationChange) {
        self.subject = subject
        self.change = change
    }

    /// The change seen from what the subject is a part of.
    func map<Whole: Sendable>(_ whole: (Subject) -> Whole) -> Mutation<Whole> {
        Mutation<Whole>(whole(subject), change)
    }
}
