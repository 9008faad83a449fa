/// What a remote did with one reference of a push.
public enum PushStatus: Hashable, Sendable {
    case accepted
    /// It left the reference as it was, for this reason.
    case rejected(String)
}
