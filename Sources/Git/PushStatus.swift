/// What a remote did with one reference of a push.
public enum PushStatus: Hashable, Sendable {
    case accepted
    /// It left the reference as it was, for this reason.
    case rejected(String)
    /// It left the reference as it was, for somebody else moved it meanwhile, or is moving it.
    case outrun(String)

    /// Words of git's, GitHub's and libgit2's for a reference that somebody else moves.
    private static let wordsOfRaces = ["update ref", "lock ref", "to lock", "non-fast-forward", "fetch first"]

    /// - Parameters:
    ///   - status: What a remote says of a reference that it did not move.
    ///   - reason: The same for people.
    init(refusal status: String, reason: String) {
        self = Self.wordsOfRaces.contains { status.contains($0) } ? .outrun(reason) : .rejected(reason)
    }
}
